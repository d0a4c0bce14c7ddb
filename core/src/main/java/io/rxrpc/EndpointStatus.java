// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

/**
 * What an endpoint holds at one moment.
 *
 * @param clientConnections connections opened from here
 * @param serviceConnections connections opened by peers
 * @param peers peers known
 * @param liveCalls calls that are not complete, client and served
 * @param timers things that have a deadline
 * @param bufferBytes bytes of packet memory in use
 */
public record EndpointStatus(
    int clientConnections,
    int serviceConnections,
    int peers,
    int liveCalls,
    int timers,
    long bufferBytes) {}
