// SPDX-License-Identifier: Apache-2.0
/**
 * A network in memory and in virtual time for whole programs written with the public API: blocking
 * calls, handlers, sockets. Its threads run one at a time, and a life replays from its seed. No
 * socket, clock or random source of the machine may come in.
 */
@NullMarked
package io.rxrpc.testkit.memory;

import org.jspecify.annotations.NullMarked;
