// SPDX-License-Identifier: Apache-2.0
/**
 * The layout of every Rx packet, as tables of offsets with pure functions over memory, and the
 * modular arithmetic of sequence and serial numbers. No state, clock, thread, channel or policy may
 * come in: what to do about a packet is decided by the engine.
 */
@NullMarked
package io.rxrpc.wire;

import org.jspecify.annotations.NullMarked;
