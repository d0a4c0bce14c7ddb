// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import java.util.Arrays;

/**
 * What a ticket says, whatever its form.
 *
 * @param name the client's name, 1..63 bytes
 * @param instance its instance, 0..63 bytes
 * @param cell its cell or realm, empty = the server's own
 * @param sessionKey 8 bytes; whoever opened the ticket destroys it
 * @param start seconds since 1970
 * @param end seconds since 1970, or {@link TicketTimes#NEVER}
 * @param service the service it is for; empty if the form does not say
 * @param serviceInstance the service's instance, in general empty
 */
record Ticket(
    String name,
    String instance,
    String cell,
    byte[] sessionKey,
    long start,
    long end,
    String service,
    String serviceInstance) {

  /** Clears the session key (R-52). */
  void destroy() {
    Arrays.fill(sessionKey, (byte) 0);
  }

  @Override
  public String toString() {
    return "ticket of " + name + "." + instance + "@" + cell;
  }
}
