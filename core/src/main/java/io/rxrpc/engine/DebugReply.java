// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import java.net.InetSocketAddress;

/**
 * A peer's answer to a DEBUG request.
 *
 * @param from who answered
 * @param id what the request carried; 0 for a refusal, which does not say which it refuses
 * @param payload the record, as wire.md section 8 lays it out; a copy; empty for a refusal
 * @param refused whether the peer answers no DEBUG requests at all
 */
public record DebugReply(InetSocketAddress from, int id, byte[] payload, boolean refused) {}
