// SPDX-License-Identifier: Apache-2.0
/**
 * Whole secured calls with one bit flipped on their way. What a security class does with a packet
 * by itself is tested in its own room.
 */
@NullMarked
package io.rxrpc.testkit.flip;

import org.jspecify.annotations.NullMarked;
