// SPDX-License-Identifier: Apache-2.0
/**
 * Runs with Linux's own AF_RXRPC in guests on this machine, by {@code ./build kernel}. The guests,
 * and what they run, are made by the scripts in {@code interop/kernel}.
 */
@NullMarked
package io.rxrpc.interop.kernel;

import org.jspecify.annotations.NullMarked;
