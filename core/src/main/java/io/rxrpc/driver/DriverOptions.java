// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import io.rxrpc.tuning.Tunables;
import io.rxrpc.udp.PortKind;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a driver is opened with.
 *
 * @param local the address to bind; port 0 lets the system choose
 * @param forced the implementation of the port, or null for the best there is
 * @param reusePort whether several endpoints may bind the same address
 * @param tunables everything that can be tuned
 * @param versionText the answer to VERSION requests
 * @param tap sees every datagram, or null
 */
public record DriverOptions(
    InetSocketAddress local,
    @Nullable PortKind forced,
    boolean reusePort,
    Tunables tunables,
    String versionText,
    @Nullable DatagramTap tap) {}
