// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security;

/**
 * The numbers of a connection that security binds itself to.
 *
 * @param epoch the client's epoch
 * @param cid the connection id with channel bits 0
 * @param serviceId the service (16 bits)
 * @param securityIndex the security class (8 bits)
 */
public record ConnectionIdentity(int epoch, int cid, int serviceId, int securityIndex) {}
