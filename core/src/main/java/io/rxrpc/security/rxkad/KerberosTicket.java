// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.krb.Der;
import io.rxrpc.security.krb.Des;
import io.rxrpc.security.krb.KerberosCipher;
import io.rxrpc.security.krb.KerberosDes;
import io.rxrpc.security.krb.KrbException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Tickets in the Kerberos 5 form (RFC 4120), which only OpenAFS servers take: kvno field 256
 * with a whole ticket, 213 with its encrypted part alone.
 */
final class KerberosTicket {
  /** The kvno field in front of the encrypted part of a Kerberos 5 ticket. */
  static final int ENCRYPTED_PART = 213;

  /** The kvno field in front of a whole Kerberos 5 ticket. */
  static final int WHOLE = 256;

  private static final int VERSION = 5;

  /** What a ticket is encrypted for (RFC 4120, 7.5.1). */
  static final int TICKET_USAGE = 2;

  /** Bit 7 of the ticket's flags: to be validated by the KDC before use. */
  private static final int INVALID = 0x01000000;

  /** Of services, whose second component is a host: the instance is its first label. */
  private static final Set<String> HOSTED =
      Set.of(
          "host",
          "discuss",
          "rvdsrv",
          "sample",
          "olc",
          "pop",
          "sis",
          "rfs",
          "imap",
          "ftp",
          "ecat",
          "daemon",
          "gnats",
          "moira",
          "prms",
          "mandarin",
          "register",
          "changepw",
          "sms",
          "afpserver",
          "gdss",
          "news",
          "abs",
          "nfs",
          "tftp",
          "http",
          "khttp",
          "pgpsigner",
          "irc",
          "mandarin-agent",
          "write",
          "palladium",
          "smtp",
          "lmtp",
          "ldap",
          "acap",
          "argus",
          "mupdate");

  private final int enctype;
  private final int kvno;
  private final byte[] cipher;
  private final String service;
  private final String serviceInstance;

  private KerberosTicket(
      int enctype, int kvno, byte[] cipher, String service, String serviceInstance) {
    this.enctype = enctype;
    this.kvno = kvno;
    this.cipher = cipher;
    this.service = service;
    this.serviceInstance = serviceInstance;
  }

  /** Reads the outside of a ticket. */
  static KerberosTicket parse(int kvnoField, byte[] bytes) throws SecurityFailure {
    try {
      return outside(kvnoField, bytes);
    } catch (KrbException e) {
      throw RxkadFailures.of(e);
    }
  }

  private static KerberosTicket outside(int kvnoField, byte[] bytes)
      throws KrbException, SecurityFailure {
    Der der = Der.of(bytes);
    if (kvnoField == ENCRYPTED_PART) {
      KerberosTicket t = encryptedData(der.enter(Der.SEQUENCE), "", "");
      der.finish();
      return t;
    }
    Der t = der.only(Der.application(1)).only(Der.SEQUENCE);
    if (t.enter(Der.context(0)).int32() != VERSION) {
      throw RxkadFailures.badTicket("its version is not 5");
    }
    Der realm = t.enter(Der.context(1));
    text(realm, true, "service realm");
    realm.finish();
    List<String> name = principal(t.enter(Der.context(2)));
    Der part = t.enter(Der.context(3));
    t.finish();
    return encryptedData(
        part.only(Der.SEQUENCE), name.getFirst(), name.size() > 1 ? name.get(1) : "");
  }

  private static KerberosTicket encryptedData(Der d, String service, String instance)
      throws KrbException {
    int enctype = d.enter(Der.context(0)).int32();
    int kvno = d.nextIs(Der.context(1)) ? d.enter(Der.context(1)).int32() : 0;
    byte[] cipher = d.enter(Der.context(2)).octets();
    d.finish();
    return new KerberosTicket(enctype, kvno, cipher, service, instance);
  }

  /** The encryption type of the service key. */
  int enctype() {
    return enctype;
  }

  /** The version of the service key, 0 if the ticket does not say. */
  int kvno() {
    return kvno;
  }

  /**
   * Opens the ticket; its validity in time is not looked at but for the flag invalid.
   *
   * @param dotsInNames whether a first component with a dot is taken although it may look like
   *     another principal's name and instance
   */
  Ticket open(byte[] serviceKey, boolean dotsInNames) throws SecurityFailure {
    return read(decrypt(serviceKey), dotsInNames);
  }

  /** What is sealed in it, with padding; fails if this is not the key. */
  byte[] decrypt(byte[] serviceKey) throws SecurityFailure {
    try {
      if (KerberosDes.handles(enctype)) {
        return KerberosDes.decrypt(enctype, serviceKey, cipher);
      }
      KerberosCipher other = KerberosCipher.of(enctype);
      if (other == null) {
        throw RxkadFailures.unknownKey("a service key of encryption type " + enctype);
      }
      return other.decrypt(serviceKey, TICKET_USAGE, cipher);
    } catch (KrbException e) {
      throw RxkadFailures.of(e);
    }
  }

  /**
   * Reads what {@link #decrypt} yields, and erases it.
   *
   * @param dotsInNames as for {@link #open}
   */
  Ticket read(byte[] plain, boolean dotsInNames) throws SecurityFailure {
    KerberosCipher other = KerberosCipher.of(enctype);
    int padding = other == null ? Des.LENGTH - 1 : other.padding();
    try {
      Der der = Der.of(plain);
      Der part = der.enter(Der.application(3)).only(Der.SEQUENCE);
      if (der.remaining() > padding) {
        throw RxkadFailures.badTicket("there is something behind its encrypted part");
      }
      return part(part, dotsInNames);
    } catch (KrbException e) {
      throw RxkadFailures.of(e);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private Ticket part(Der d, boolean dotsInNames) throws KrbException, SecurityFailure {
    int flags = d.enter(Der.context(0)).flags();
    Der key = d.enter(Der.context(1)).only(Der.SEQUENCE);
    Der realm = d.enter(Der.context(2));
    String cell = text(realm, true, "realm"); // empty in what -localauth makes: the server's own
    realm.finish();
    List<String> client = principal(d.enter(Der.context(3)));
    d.enter(Der.context(4)); // transited realms: OpenAFS does not look at them
    long start = d.enter(Der.context(5)).time();
    if (d.nextIs(Der.context(6))) {
      start = d.enter(Der.context(6)).time();
    }
    long end = d.enter(Der.context(7)).time();
    d.skipOptional(Der.context(8)); // renew till
    d.skipOptional(Der.context(9)); // addresses
    d.skipOptional(Der.context(10)); // authorization data
    d.finish();
    if ((flags & INVALID) != 0) {
      throw RxkadFailures.noAuth("the ticket is marked invalid");
    }
    String[] names = names(client, dotsInNames);
    return new Ticket(
        names[0], names[1], cell, sessionKey(key), start, end, service, serviceInstance);
  }

  private static byte[] sessionKey(Der d) throws KrbException, SecurityFailure {
    int type = d.enter(Der.context(0)).int32();
    byte[] key = d.enter(Der.context(1)).octets();
    try {
      d.finish();
      return SessionKeys.derive(type, key);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static String text(Der d, boolean mayBeEmpty, String what)
      throws KrbException, SecurityFailure {
    byte[] bytes = d.text();
    return TicketText.name(bytes, 0, bytes.length, mayBeEmpty, what);
  }

  private static List<String> principal(Der tagged) throws KrbException, SecurityFailure {
    Der p = tagged.only(Der.SEQUENCE);
    p.enter(Der.context(0)).int32(); // the name's type says nothing about who it is
    Der strings = p.enter(Der.context(1)).only(Der.SEQUENCE);
    p.finish();
    List<String> names = new ArrayList<>(2);
    while (strings.hasMore()) {
      names.add(text(strings, !names.isEmpty(), "name"));
    }
    if (names.isEmpty() || names.size() > 2) {
      throw RxkadFailures.badTicket("a name of " + names.size() + " components");
    }
    return names;
  }

  /** Name and instance of a client (rxkad.md 8). */
  private static String[] names(List<String> client, boolean dotsInNames) throws SecurityFailure {
    String name = client.getFirst();
    if (name.indexOf('.') >= 0 && !dotsInNames) {
      // a.b could be a with the instance b
      throw RxkadFailures.badTicket(
          "the name " + name + " has a dot in it, and dotted principals are not allowed here");
    }
    if (client.size() == 1) {
      return new String[] {name, ""};
    }
    String instance = client.get(1);
    if (!HOSTED.contains(name)) {
      return new String[] {name, instance};
    }
    int dot = instance.indexOf('.');
    if (dot < 0) {
      throw RxkadFailures.badTicket("a host without a domain in its name");
    }
    return new String[] {name.equals("host") ? "rcmd" : name, instance.substring(0, dot)};
  }
}
