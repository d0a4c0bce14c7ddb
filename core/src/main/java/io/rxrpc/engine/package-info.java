// SPDX-License-Identifier: Apache-2.0
/**
 * The protocol itself, without I/O: datagrams, time and commands in; datagrams, events and the next
 * deadline out. No channel, thread, clock or random source of the machine may come in: whoever
 * holds the endpoint's lock drives it. Its policies, its packets and its tables lie in packages
 * below that know nothing of it.
 */
@NullMarked
package io.rxrpc.engine;

import org.jspecify.annotations.NullMarked;
