// SPDX-License-Identifier: Apache-2.0
/**
 * Starts, finds and reads the real peers that the tests talk to. Nothing that runs without a real
 * peer may come in.
 */
@NullMarked
package io.rxrpc.interop;

import org.jspecify.annotations.NullMarked;
