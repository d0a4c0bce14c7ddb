// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import io.rxrpc.key.RxkadToken;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.krb.Der;
import io.rxrpc.security.krb.DerWriter;
import io.rxrpc.security.krb.Des;
import io.rxrpc.security.krb.KerberosCipher;
import io.rxrpc.security.krb.KerberosDes;
import io.rxrpc.security.krb.KrbException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Makes tickets out of a server's own key, as {@code -localauth} does: whoever has the key may be
 * anybody. Safe for all threads if its source of randomness is.
 */
public final class TicketIssuer {
  private static final String SERVICE = "afs";

  /** The longest classic ticket that Linux and OpenAFS read alike, 10 h 35 min. */
  public static final Duration MAX_CLASSIC =
      Duration.ofSeconds((long) TicketTimes.LINEAR_MAX * TicketTimes.UNIT);

  /** The longest Kerberos 5 ticket that an OpenAFS server takes. */
  public static final Duration MAX_KERBEROS = Duration.ofSeconds(TicketTimes.MAX_LIFETIME);

  private final int kvno;
  private final int enctype;
  private final byte[] key;
  private final RandomGenerator random;

  private TicketIssuer(int kvno, int enctype, byte[] key, RandomGenerator random) {
    this.kvno = kvno;
    this.enctype = enctype;
    this.key = key.clone();
    this.random = random;
  }

  /**
   * Makes classic tickets, which OpenAFS and Linux servers take.
   *
   * @param kvno 0..255 but not 213
   * @param key 8 bytes, copied
   * @param random for session keys: a cryptographic one
   * @return the ticket issuer
   */
  public static TicketIssuer classic(int kvno, byte[] key, RandomGenerator random) {
    if (kvno < 0 || kvno > 0xff || kvno == KerberosTicket.ENCRYPTED_PART) {
      throw new IllegalArgumentException("key version " + kvno + " of a classic ticket");
    }
    if (key.length != Des.LENGTH) {
      throw new IllegalArgumentException("a DES key has 8 bytes");
    }
    return new TicketIssuer(kvno, ServerKeys.DES, key, random);
  }

  /**
   * Makes the encrypted part of Kerberos 5 tickets (kvno field 213), which only OpenAFS servers
   * take.
   *
   * @param kvno the version number of the service's key
   * @param enctype 17 to 20: AES, 16: 3DES, 23: RC4
   * @param key of the type's length, copied
   * @param random for session keys and confounders: a cryptographic one
   * @return the ticket issuer
   */
  public static TicketIssuer kerberos(int kvno, int enctype, byte[] key, RandomGenerator random) {
    KerberosCipher cipher = KerberosCipher.of(enctype);
    if (cipher == null || key.length != cipher.keyLength() || kvno < 0) {
      throw new IllegalArgumentException("encryption type " + enctype + " or its key");
    }
    return new TicketIssuer(kvno, enctype, key, random);
  }

  /**
   * {@return a token of this principal} A classic lifetime is rounded up to 5 minutes.
   *
   * @param name the name
   * @param instance the instance, empty for none
   * @param cell empty = the server's own
   * @param start give Linux servers a real one
   * @param lifetime how long it is valid
   * @throws IllegalArgumentException if the lifetime is 0 or longer than {@link #MAX_CLASSIC} or
   *     {@link #MAX_KERBEROS}, or a name does not fit
   */
  public RxkadToken issue(
      String name, String instance, String cell, Instant start, Duration lifetime) {
    Duration max = enctype == ServerKeys.DES ? MAX_CLASSIC : MAX_KERBEROS;
    if (!lifetime.isPositive() || lifetime.compareTo(max) > 0) {
      throw new IllegalArgumentException("a lifetime of " + lifetime);
    }
    int units = Math.toIntExact((lifetime.toSeconds() + TicketTimes.UNIT - 1) / TicketTimes.UNIT);
    long from = start.getEpochSecond();
    long end =
        enctype == ServerKeys.DES
            ? TicketTimes.end(from, Math.max(units, 1))
            : from + Math.max(lifetime.toSeconds(), 1);
    return issue(name, instance, cell, from, end, Math.max(units, 1));
  }

  /**
   * {@return a token that never ends, as {@code -localauth} makes it; a Linux server reads 21
   * hours}
   *
   * @param name the name
   * @param instance the instance, empty for none
   * @param cell the cell, such as example.org
   * @param start when it begins to be valid
   */
  public RxkadToken issueEndless(String name, String instance, String cell, Instant start) {
    return issue(
        name, instance, cell, start.getEpochSecond(), TicketTimes.NEVER, TicketTimes.NEVER_BYTE);
  }

  private RxkadToken issue(
      String name, String instance, String cell, long start, long end, int lifetime) {
    if (start < 0 || end > TicketTimes.NEVER) {
      throw new IllegalArgumentException("a time outside 32 bits");
    }
    check(name, false);
    check(instance, true);
    check(cell, true);
    Ticket ticket = new Ticket(name, instance, cell, sessionKey(), start, end, SERVICE, "");
    try {
      boolean classic = enctype == ServerKeys.DES;
      byte[] sealed = classic ? ClassicTicket.seal(ticket, lifetime, key) : encryptedPart(ticket);
      int kvnoField = classic ? kvno : KerberosTicket.ENCRYPTED_PART;
      return new RxkadToken(0, kvnoField, ticket.sessionKey(), start, end, false, sealed);
    } catch (SecurityFailure | KrbException e) {
      throw new IllegalStateException("this key makes no tickets", e);
    } finally {
      ticket.destroy();
    }
  }

  private static void check(String text, boolean mayBeEmpty) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      TicketText.name(bytes, 0, bytes.length, mayBeEmpty, "name");
    } catch (SecurityFailure e) {
      throw new IllegalArgumentException("no name for a ticket", e);
    }
  }

  private byte[] sessionKey() {
    byte[] k = new byte[FcryptKey.LENGTH];
    do {
      random.nextBytes(k);
      Des.setParity(k);
    } while (Des.isWeak(k));
    return k;
  }

  private byte[] encryptedPart(Ticket t) throws KrbException {
    byte[] names =
        t.instance().isEmpty()
            ? DerWriter.text(t.name())
            : DerWriter.sequence(DerWriter.text(t.name()), DerWriter.text(t.instance()));
    byte[] strings = t.instance().isEmpty() ? DerWriter.sequence(names) : names;
    byte[] sessionKey =
        DerWriter.sequence(
            DerWriter.context(0, DerWriter.integer(KerberosDes.CBC_CRC)),
            DerWriter.context(1, DerWriter.element(Der.OCTET_STRING, t.sessionKey())));
    byte[] part =
        DerWriter.element(
            Der.application(3),
            DerWriter.sequence(
                DerWriter.context(0, DerWriter.element(Der.BIT_STRING, new byte[5])),
                DerWriter.context(1, sessionKey),
                DerWriter.context(2, DerWriter.text(t.cell())),
                DerWriter.context(
                    3,
                    DerWriter.sequence(
                        DerWriter.context(0, DerWriter.integer(1)), DerWriter.context(1, strings))),
                DerWriter.context(
                    4,
                    DerWriter.sequence(
                        DerWriter.context(0, DerWriter.integer(0)),
                        DerWriter.context(1, DerWriter.element(Der.OCTET_STRING)))),
                DerWriter.context(5, DerWriter.time(t.start())),
                DerWriter.context(7, DerWriter.time(t.end()))));
    KerberosCipher cipher = KerberosCipher.of(enctype);
    if (cipher == null) {
      throw new IllegalStateException("encryption type " + enctype);
    }
    byte[] confounder = new byte[cipher.confounder()];
    random.nextBytes(confounder);
    try {
      return DerWriter.sequence(
          DerWriter.context(0, DerWriter.integer(enctype)),
          DerWriter.context(1, DerWriter.integer(kvno)),
          DerWriter.context(
              2,
              DerWriter.element(
                  Der.OCTET_STRING,
                  cipher.encrypt(key, KerberosTicket.TICKET_USAGE, confounder, part))));
    } finally {
      Arrays.fill(part, (byte) 0);
      Arrays.fill(sessionKey, (byte) 0);
    }
  }

  /** Clears the key; the issuer makes no good tickets afterwards. */
  public void destroy() {
    Arrays.fill(key, (byte) 0);
  }

  @Override
  public String toString() {
    return "issuer of tickets, kvno " + kvno;
  }
}
