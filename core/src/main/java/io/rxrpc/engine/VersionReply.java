// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import java.net.InetSocketAddress;

/**
 * A peer's answer to a VERSION request.
 *
 * @param from who answered
 * @param id what the request carried
 * @param text the version, printable ASCII
 */
public record VersionReply(InetSocketAddress from, int id, String text) {}
