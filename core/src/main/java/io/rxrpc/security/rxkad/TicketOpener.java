// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.krb.EnctypeNames;
import io.rxrpc.security.krb.KerberosCipher;
import io.rxrpc.security.krb.KerberosDes;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Opens a ticket with the server's keys.
 *
 * @param services names of services whose tickets are taken, empty = any
 * @param refused encryption types of keys that are not used although they are there
 * @param dotsInNames whether Kerberos 5 names with a dot are taken
 */
record TicketOpener(
    ServerKeys keys, Set<String> services, Set<Integer> refused, boolean dotsInNames) {

  /**
   * Opens it; its validity in time is not looked at.
   *
   * @param kvno the RESPONSE's field: a version, or what form of Kerberos 5 follows
   */
  Ticket open(int serviceId, int kvno, byte[] sealed) throws SecurityFailure {
    int version = kvno;
    int enctype = ServerKeys.DES;
    KerberosTicket kerberos = null;
    if (kvno == KerberosTicket.WHOLE || kvno == KerberosTicket.ENCRYPTED_PART) {
      kerberos = KerberosTicket.parse(kvno, sealed);
      version = kerberos.kvno();
      enctype = KerberosDes.handles(kerberos.enctype()) ? ServerKeys.DES : kerberos.enctype();
    } else if (kvno < 0 || kvno > 0xff) {
      throw RxkadFailures.unknownKey("key version " + Integer.toUnsignedString(kvno));
    }
    checkType(enctype);
    Ticket ticket = open(candidates(serviceId, version, enctype), kerberos, sealed);
    if (!services.isEmpty()
        && !ticket.service().isEmpty()
        && !services.contains(ticket.service())) {
      ticket.destroy();
      throw RxkadFailures.badTicket("it is for the service " + ticket.service());
    }
    return ticket;
  }

  private void checkType(int enctype) throws SecurityFailure {
    if (refused.contains(enctype)) {
      throw RxkadFailures.unusableKey(
          "tickets sealed by " + EnctypeNames.of(enctype) + " are refused here");
    }
    if (enctype != ServerKeys.DES && KerberosCipher.of(enctype) == null) {
      throw RxkadFailures.unusableKey(
          "tickets sealed by "
              + EnctypeNames.of(enctype)
              + " cannot be opened: the service needs a key of another type in the KDC, best AES");
    }
  }

  private List<byte[]> candidates(int serviceId, int version, int enctype) throws SecurityFailure {
    List<byte[]> found = keys.candidates(serviceId, version, enctype);
    if (found.isEmpty()) {
      throw RxkadFailures.unknownKey(
          "key version "
              + Integer.toUnsignedString(version)
              + (enctype == ServerKeys.DES ? "" : " of encryption type " + enctype)
              + " ("
              + EnctypeNames.of(enctype)
              + ")");
    }
    return found;
  }

  /** The first key that fits: two realms may have made one of the same version. */
  private Ticket open(List<byte[]> found, @Nullable KerberosTicket kerberos, byte[] sealed)
      throws SecurityFailure {
    SecurityFailure why = RxkadFailures.badTicket("no key opens it");
    try {
      for (byte[] key : found) {
        byte[] plain;
        try {
          if (kerberos == null) {
            return ClassicTicket.open(sealed, key);
          }
          plain = kerberos.decrypt(key);
        } catch (SecurityFailure e) {
          why = e;
          continue;
        }
        return kerberos.read(plain, dotsInNames); // it was the right key: no other can help
      }
    } finally {
      found.forEach(key -> Arrays.fill(key, (byte) 0));
    }
    throw why;
  }
}
