// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.key.RxkadToken;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.krb.Der;
import io.rxrpc.security.krb.DerWriter;
import io.rxrpc.wire.AbortCodes;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Kerberos 5 tickets: their DER, their flags, their names. */
class KerberosTicketTest {
  private static final int BAD = AbortCodes.RXKADBADTICKET;
  private static final Instant NOW = Instant.parse("2026-11-22T16:00:00Z");
  private static final long T = NOW.getEpochSecond();
  private static final TicketIssuer ISSUER =
      TicketIssuer.kerberos(5, 18, TestKeys.AES_KEY, new Random(6));

  private static RxkadToken token(String name, String instance) {
    return ISSUER.issue(name, instance, "TEST.EXAMPLE", NOW, Duration.ofHours(1));
  }

  private static Ticket open(String name, String instance) throws SecurityFailure {
    return KerberosTicket.parse(213, token(name, instance).ticket()).open(TestKeys.AES_KEY, false);
  }

  /** The part that is encrypted, with some of its fields chosen. */
  private static byte[] part(int flags, byte[] key, byte[] times, byte[] behind) {
    byte[] bits = {0, (byte) (flags >>> 24), (byte) (flags >>> 16), (byte) (flags >>> 8), 0};
    byte[] name = DerWriter.sequence(DerWriter.text("alice"));
    return DerWriter.element(
        Der.application(3),
        DerWriter.sequence(
            DerWriter.context(0, DerWriter.element(Der.BIT_STRING, bits)),
            DerWriter.context(
                1,
                DerWriter.sequence(
                    DerWriter.context(0, DerWriter.integer(1)),
                    DerWriter.context(1, DerWriter.element(Der.OCTET_STRING, key)))),
            DerWriter.context(2, DerWriter.text("R")),
            DerWriter.context(
                3,
                DerWriter.sequence(
                    DerWriter.context(0, DerWriter.integer(1)), DerWriter.context(1, name))),
            DerWriter.context(4, DerWriter.sequence()),
            times,
            behind));
  }

  private static byte[] times(long auth, long start, long end) {
    byte[] a = DerWriter.context(5, DerWriter.time(auth));
    byte[] s = start == 0 ? new byte[0] : DerWriter.context(6, DerWriter.time(start));
    byte[] e = DerWriter.context(7, DerWriter.time(end));
    byte[] all = Arrays.copyOf(a, a.length + s.length + e.length);
    System.arraycopy(s, 0, all, a.length, s.length);
    System.arraycopy(e, 0, all, a.length + s.length, e.length);
    return all;
  }

  private static Ticket open(byte[] part) throws SecurityFailure {
    byte[] sealed = TestKeys.sealTicket(part);
    byte[] data =
        DerWriter.sequence(
            DerWriter.context(0, DerWriter.integer(18)),
            DerWriter.context(2, DerWriter.element(Der.OCTET_STRING, sealed)));
    KerberosTicket t = KerberosTicket.parse(213, data);
    assertThat(t.kvno()).isZero(); // absent
    return t.open(TestKeys.AES_KEY, false);
  }

  @Test
  void flagsAndTimes() throws SecurityFailure {
    byte[] key = TestKeys.SESSION_KEY;
    Ticket t = open(part(0x40800000, key, times(T - 500, T, T + 60), new byte[0]));
    assertThat(t.start()).isEqualTo(T);
    assertThat(t.end()).isEqualTo(T + 60);
    t = open(part(0, key, times(T - 500, 0, T + 60), new byte[0]));
    assertThat(t.start()).as("the time of authentication if no other").isEqualTo(T - 500);
    byte[] renew = DerWriter.context(8, DerWriter.time(T + 99));
    open(part(0, key, times(T, 0, T + 60), renew));
    TestKeys.assertFails(
        AbortCodes.RXKADNOAUTH,
        () -> open(part(0x01000000, key, times(T, 0, T + 60), new byte[0])));
    byte[] unknown = DerWriter.context(11, DerWriter.time(T + 99));
    TestKeys.assertFails(BAD, () -> open(part(0, key, times(T, 0, T + 60), unknown)));
    TestKeys.assertFails(BAD, () -> open(part(0, new byte[7], times(T, 0, T + 60), new byte[0])));
    byte[] good = part(0, key, times(T, 0, T + 60), new byte[0]);
    byte[] longer = Arrays.copyOf(good, good.length + 1);
    TestKeys.assertFails(BAD, () -> open(longer));
  }

  @ParameterizedTest
  @CsvSource({
    "alice, '', alice, ''",
    "alice, admin, alice, admin",
    "alice, pc.example.org, alice, pc.example.org",
    "host, pc.example.org, rcmd, pc",
    "imap, mail.example.org, imap, mail",
    "kadmin, TEST.EXAMPLE, kadmin, TEST.EXAMPLE",
    "hostess, pc.example.org, hostess, pc.example.org"
  })
  void names(String name, String instance, String asName, String asInstance)
      throws SecurityFailure {
    Ticket t = open(name, instance);
    assertThat(t.name()).isEqualTo(asName);
    assertThat(t.instance()).isEqualTo(asInstance);
    assertThat(t.cell()).isEqualTo("TEST.EXAMPLE");
  }

  @Test
  void namesThatCouldBeSomebodyElsesAreRefused() throws SecurityFailure {
    TestKeys.assertFails(BAD, () -> open("alice.admin", ""));
    TestKeys.assertFails(BAD, () -> open("host", "pc"));
    KerberosTicket dotted = KerberosTicket.parse(213, token("alice.admin", "").ticket());
    assertThat(dotted.open(TestKeys.AES_KEY, true).name()).isEqualTo("alice.admin");
  }

  @ParameterizedTest
  @Tag("R-55")
  @DisplayName("R-55: lengths of DER that lie are refused")
  @ValueSource(
      strings = {
        "",
        "30",
        "3080",
        "308000",
        "3081",
        "318100",
        "30817f",
        "3081800000",
        "3082007f",
        "30830000ff",
        "3084000000ff",
        "3084ffffffff",
        "30847fffffff",
        "3083ffffff",
        "3003a00102",
        "300ba003020112a2040402",
        "30050201000000",
        "1f8101",
        "3009a003020112a2020400",
        "300aa003020112a20304010000"
      })
  void lyingLengths(String hex) {
    byte[] der = TestKeys.hex(hex);
    for (int kvno : new int[] {213, 256}) {
      if (!(kvno == 213 && hex.equals("3009a003020112a2020400"))) {
        TestKeys.assertFails(BAD, () -> KerberosTicket.parse(kvno, der));
      }
    }
  }

  @Test
  @Tag("R-55")
  @DisplayName("R-55: no bytes make the DER reader do anything but read or refuse")
  void anyBytes() {
    var random = new SplittableRandom(8);
    byte[] good = token("alice", "admin").ticket();
    for (int i = 0; i < 30_000; i++) {
      byte[] bytes = good.clone();
      for (int n = random.nextInt(3); n >= 0; n--) {
        bytes[random.nextInt(Math.min(bytes.length, 40))] = (byte) random.nextInt();
      }
      byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length + 4));
      for (byte[] b : new byte[][] {bytes, cut}) {
        try {
          KerberosTicket.parse(random.nextBoolean() ? 213 : 256, b)
              .open(new byte[random.nextInt(2) * 32], false);
          throw new AssertionError("opened");
        } catch (SecurityFailure e) {
          assertThat(e.abortCode()).isIn(BAD, AbortCodes.RXKADUNKNOWNKEY, AbortCodes.RXKADBADKEY);
        }
      }
    }
  }

  @Test
  @Tag("R-55")
  @DisplayName("R-55: damage inside the encrypted part, sealed again, is read or refused")
  void anyBytesInside() throws SecurityFailure {
    var random = new SplittableRandom(9);
    byte[] good = part(0, TestKeys.SESSION_KEY, times(T, T, T + 60), new byte[0]);
    int opened = 0;
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = good.clone();
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        assertThat(open(bytes).name()).hasSizeBetween(1, 63);
        opened++;
      } catch (SecurityFailure e) {
        assertThat(e.abortCode()).isIn(BAD, AbortCodes.RXKADNOAUTH);
      }
    }
    assertThat(opened).as("letters of names, digits of times, bits of flags").isPositive();
    assertThatThrownBy(() -> open(new byte[1])).isInstanceOf(SecurityFailure.class);
  }
}
