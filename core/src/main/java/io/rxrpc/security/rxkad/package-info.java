// SPDX-License-Identifier: Apache-2.0
/**
 * Security index 2, rxkad: fcrypt, tickets, the challenge and its response, sealed packets. No
 * sockets, threads, clocks, randomness or files may come in: wall time is an {@link
 * java.time.InstantSource} argument, keys come through {@link ServerKeys}.
 */
@NullMarked
package io.rxrpc.security.rxkad;

import org.jspecify.annotations.NullMarked;
