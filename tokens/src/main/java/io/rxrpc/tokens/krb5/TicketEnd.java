// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.krb5;

import io.rxrpc.security.krb.Der;
import io.rxrpc.security.krb.KerberosCipher;
import io.rxrpc.security.krb.KrbException;
import java.io.File;
import java.util.Arrays;
import javax.security.auth.kerberos.KerberosKey;
import javax.security.auth.kerberos.KerberosPrincipal;
import javax.security.auth.kerberos.KeyTab;

/**
 * When the ticket in an initiator's first token ends: the JDK's contexts do not tell the acceptor.
 * Read after the context was established, so of a ticket that the JDK has found good.
 */
final class TicketEnd {
  /** The key usage of a ticket (RFC 4120, 7.5.1). */
  private static final int TICKET_USAGE = 2;

  /** What stands before the AP-REQ in a token: its two octets of a type (RFC 4121, 4.1). */
  private static final int TOKEN_TYPE = 2;

  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int AP_REQ = Der.application(14);

  private TicketEnd() {}

  /**
   * Seconds since 1970 by the KDC's clock.
   *
   * @param token the initiator's first
   * @param acceptor the principal whose key opens the ticket
   */
  static long of(byte[] token, File keytab, String acceptor) throws KrbException {
    Der framed = Der.of(token).only(Der.application(0));
    framed.enter(OBJECT_IDENTIFIER);
    byte[] rest = framed.rest();
    Der request =
        Der.of(Arrays.copyOfRange(rest, Math.min(TOKEN_TYPE, rest.length), rest.length))
            .only(AP_REQ)
            .only(Der.SEQUENCE);
    request.enter(Der.context(0));
    request.enter(Der.context(1));
    request.enter(Der.context(2));
    Der ticket = request.enter(Der.context(3)).only(Der.application(1)).only(Der.SEQUENCE);
    ticket.enter(Der.context(0));
    ticket.enter(Der.context(1));
    ticket.enter(Der.context(2));
    Der sealed = ticket.enter(Der.context(3)).only(Der.SEQUENCE);
    int enctype = sealed.enter(Der.context(0)).int32();
    sealed.skipOptional(Der.context(1));
    byte[] plain = opened(enctype, sealed.enter(Der.context(2)).octets(), keytab, acceptor);
    try {
      return end(plain);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private static byte[] opened(int enctype, byte[] sealed, File keytab, String acceptor)
      throws KrbException {
    KerberosCipher cipher = KerberosCipher.of(enctype);
    KrbException why = null;
    for (KerberosKey key :
        KeyTab.getUnboundInstance(keytab).getKeys(new KerberosPrincipal(acceptor))) {
      if (cipher != null && key.getKeyType() == enctype) {
        byte[] octets = key.getEncoded();
        try {
          return cipher.decrypt(octets, TICKET_USAGE, sealed);
        } catch (KrbException e) {
          why = e; // of another version
        } finally {
          Arrays.fill(octets, (byte) 0);
        }
      }
    }
    if (why != null) {
      throw why;
    }
    return new byte[0]; // no key any more: what is no ticket is refused where it is read
  }

  private static long end(byte[] plain) throws KrbException {
    Der part = Der.of(plain).enter(Der.application(3)).only(Der.SEQUENCE);
    for (int field = 0; field <= 5; field++) {
      part.enter(Der.context(field));
    }
    part.skipOptional(Der.context(6));
    return part.enter(Der.context(7)).time();
  }
}
