// SPDX-License-Identifier: Apache-2.0
/**
 * The simulation suite: seeded lives of whole networks with invariants checked at every step. No
 * test of a single rule may come in.
 */
@NullMarked
package io.rxrpc.testkit.life;

import org.jspecify.annotations.NullMarked;
