// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

/**
 * A service whose calls may be answered as another one: the value of {@link
 * RxrpcOption#UPGRADEABLE_SERVICE}.
 *
 * @param from the service that is called
 * @param to the service that answers a client that is ready for it
 */
public record ServiceUpgrade(int from, int to) {}
