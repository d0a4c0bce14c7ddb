// SPDX-License-Identifier: Apache-2.0
/**
 * Packets of a call and the memory they lie in: what is built and not acked, what has arrived and
 * is not read. No call, connection or peer may come in.
 */
@NullMarked
package io.rxrpc.engine.packet;

import org.jspecify.annotations.NullMarked;
