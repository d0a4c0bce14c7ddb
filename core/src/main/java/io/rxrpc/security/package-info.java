// SPDX-License-Identifier: Apache-2.0
/**
 * Security classes: what a connection does to its packets and how the two ends agree on it. No
 * sockets, threads, clocks or randomness of the machine may come in.
 */
@NullMarked
package io.rxrpc.security;

import org.jspecify.annotations.NullMarked;
