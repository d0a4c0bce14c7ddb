package io.rxrpc.engine;

import java.net.InetSocketAddress;

/**
 * A peer's answer to a DEBUG request.
 *
 * @param from who answered
 * @param id what the request carried
 * @param payload the record, as wire.md section 8 lays it out; a copy
 */
public record DebugReply(InetSocketAddress from, int id, byte[] payload) {}
