// SPDX-License-Identifier: Apache-2.0
/**
 * Captured calls of real programs, played to the engine in place of one of the two. No socket and
 * no clock may come in: what is compared must be the same on every machine.
 */
@NullMarked
package io.rxrpc.interop.golden;

import org.jspecify.annotations.NullMarked;
