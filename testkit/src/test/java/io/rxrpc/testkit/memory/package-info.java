// SPDX-License-Identifier: Apache-2.0
/** Programs on networks in memory, one of which lives 1,000 lives. */
@NullMarked
package io.rxrpc.testkit.memory;

import org.jspecify.annotations.NullMarked;
