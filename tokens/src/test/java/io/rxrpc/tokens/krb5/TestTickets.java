// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.krb5;

/** Tickets and refusals without a KDC. */
public final class TestTickets {
  private TestTickets() {}

  /** A ticket with an AES key of zeroes. */
  public static ServiceTicket of(String service) {
    return new ServiceTicket(service, 18, new byte[32], 1, 2, new byte[60]);
  }

  /** A refusal. */
  public static KerberosException failure(KerberosFault fault) {
    return new KerberosException(fault, "");
  }
}
