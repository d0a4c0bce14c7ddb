// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

/**
 * What there is at one moment.
 *
 * @param clientConnections connections opened from here
 * @param serviceConnections connections opened by peers
 * @param peers peers known
 * @param liveCalls calls that are not complete
 * @param timers things that have a deadline
 * @param bufferBytes bytes of packet memory in use
 * @param openHandles calls that the application has not let go of
 */
public record DriverStatus(
    int clientConnections,
    int serviceConnections,
    int peers,
    int liveCalls,
    int timers,
    long bufferBytes,
    int openHandles) {}
