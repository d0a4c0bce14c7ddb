// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.key.RxkadToken;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.krb.Des;
import io.rxrpc.security.krb.KerberosCipher;
import io.rxrpc.wire.AbortCodes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tickets at their limits: names, padding, DER, times. */
class TicketTest {
  private static final int BAD = AbortCodes.RXKADBADTICKET;
  private static final Instant NOW = Instant.parse("2026-11-22T16:00:00Z");
  private static final long T = NOW.getEpochSecond();

  /** A classic ticket's open form. */
  private static byte[] plain(String name, String instance, String cell, String service) {
    String text = "\0" + name + "\0" + instance + "\0" + cell + "\0";
    String tail = service + "\0\0";
    byte[] head = text.getBytes(StandardCharsets.ISO_8859_1);
    byte[] end = tail.getBytes(StandardCharsets.ISO_8859_1);
    int length = head.length + 17 + end.length;
    byte[] plain = Arrays.copyOf(head, (length + 7) & -8);
    System.arraycopy(TestKeys.SESSION_KEY, 0, plain, head.length + 4, 8);
    plain[head.length + 12] = 100;
    System.arraycopy(end, 0, plain, head.length + 17, end.length);
    return plain;
  }

  private static Ticket open(byte[] plain) throws SecurityFailure {
    return ClassicTicket.open(
        TestKeys.pcbc(true, TestKeys.SERVICE_KEY, plain), TestKeys.SERVICE_KEY);
  }

  @Test
  @Tag("R-54")
  @DisplayName("R-54: names of 63 bytes are taken, of 64 refused, in each place")
  void longestNames() throws SecurityFailure {
    String longest = "n".repeat(63);
    String tooLong = "n".repeat(64);
    Ticket t = open(plain(longest, longest, longest, longest));
    assertThat(t.name()).isEqualTo(longest);
    assertThat(t.instance()).isEqualTo(longest);
    assertThat(t.cell()).isEqualTo(longest);
    assertThat(t.service()).isEqualTo(longest);
    assertThat(t.sessionKey()).isEqualTo(TestKeys.SESSION_KEY);
    TestKeys.assertFails(BAD, () -> open(plain(tooLong, "", "", "afs")));
    TestKeys.assertFails(BAD, () -> open(plain("a", tooLong, "", "afs")));
    TestKeys.assertFails(BAD, () -> open(plain("a", "", tooLong, "afs")));
    TestKeys.assertFails(BAD, () -> open(plain("a", "", "", tooLong)));
    TestKeys.assertFails(BAD, () -> open(plain("", "", "", "afs")));
    TestKeys.assertFails(BAD, () -> open(plain("a", "", "", "")));
  }

  @Test
  @Tag("R-54")
  @DisplayName("R-54: a ticket cut anywhere is refused, no string is read past its end")
  void cutTickets() throws SecurityFailure {
    byte[] whole = plain("alice", "x", "EXAMPLE.COM", "afs");
    for (int length = 8; length < whole.length; length += 8) {
      byte[] cut = Arrays.copyOf(whole, length);
      TestKeys.assertFails(BAD, () -> open(cut));
    }
    byte[] endless = new byte[64];
    Arrays.fill(endless, (byte) 'a');
    TestKeys.assertFails(BAD, () -> open(endless));
    TestKeys.assertFails(BAD, () -> ClassicTicket.open(new byte[47], TestKeys.SERVICE_KEY));
  }

  @Test
  void paddingIsZeroAndShort() throws SecurityFailure {
    byte[] whole = plain("alice", "", "EXAMPLE.COM", "afs");
    open(whole);
    byte[] dirty = whole.clone();
    dirty[dirty.length - 1] = 1;
    TestKeys.assertFails(BAD, () -> open(dirty));
    TestKeys.assertFails(BAD, () -> open(Arrays.copyOf(whole, whole.length + 16)));
    byte[] small = plain("alice", "", "", "afs");
    open(Arrays.copyOf(small, 56)); // a length that old servers always used
  }

  @Test
  void namesAreTextThatCannotBeMistaken() {
    TestKeys.assertFails(BAD, () -> open(plain("a\tb", "", "", "afs")));
    TestKeys.assertFails(BAD, () -> open(plain("a\u007f", "", "", "afs")));
    TestKeys.assertFails(BAD, () -> open(plain("a\u00ff", "", "", "afs"))); // no UTF-8
  }

  @ParameterizedTest
  @Tag("R-56")
  @DisplayName("R-56: a ticket's times against now, with OpenAFS's codes")
  @CsvSource({
    // start and end relative to now, code
    "-60, 60, 0",
    "-60, -899, 0",
    "-6000, -900, 0",
    "-6000, -901, 19270409",
    "900, 2000, 0",
    "901, 2000, 19270405",
    "2600000, 2600100, 19270407",
    "0, 0, 19270407",
    "10, 5, 19270407",
    "-60, 2591940, 0",
    "-60, 2591941, 19270407",
    "-2678400, -86400, 19270409",
    "-2678401, -86401, 19270407"
  })
  void times(long start, long end, int code) throws SecurityFailure {
    if (code == 0 && start < end) {
      TicketTimes.check(T + start, T + end, T);
    } else if (code != 0) {
      TestKeys.assertFails(code, () -> TicketTimes.check(T + start, T + end, T));
    } else {
      TestKeys.assertFails(BAD, () -> TicketTimes.check(T + start, T + end, T));
    }
  }

  @Test
  @Tag("R-56")
  @DisplayName("R-56: tickets that never end, or start at 0, as -localauth makes them")
  void endless() throws SecurityFailure {
    TicketTimes.check(0, TicketTimes.NEVER, T);
    TicketTimes.check(1, TicketTimes.NEVER, T);
    TicketTimes.check(T, TicketTimes.NEVER, T);
    TestKeys.assertFails(AbortCodes.RXKADEXPIRED, () -> TicketTimes.check(0, 100 * 300, T));
    TestKeys.assertFails(
        AbortCodes.RXKADNOAUTH, () -> TicketTimes.check(T + 3600, TicketTimes.NEVER, T));
  }

  @Test
  void lifetimeBytes() {
    assertThat(TicketTimes.end(T, 0)).isEqualTo(T);
    assertThat(TicketTimes.end(T, 1)).isEqualTo(T + 300);
    assertThat(TicketTimes.end(T, 0x7f)).isEqualTo(T + 38100);
    assertThat(TicketTimes.end(T, 0x80)).isEqualTo(T + 38400);
    assertThat(TicketTimes.end(T, 0x81)).isEqualTo(T + 41055);
    assertThat(TicketTimes.end(T, 0xbf)).isEqualTo(T + 2592000);
    assertThat(TicketTimes.end(T, 0xc0)).isEqualTo(T + 2592000);
    assertThat(TicketTimes.end(T, 0xfe)).isEqualTo(T + 2592000);
    assertThat(TicketTimes.end(T, 0xff)).isEqualTo(TicketTimes.NEVER);
  }

  @Test
  @Tag("R-56")
  @DisplayName("R-56: no lifetime byte above 0x7f is issued, unless never-ending is asked for")
  void issuedLifetimes() throws SecurityFailure {
    TicketIssuer issuer = TicketIssuer.classic(3, TestKeys.SERVICE_KEY, new Random(1));
    for (int minutes = 1; minutes <= 635; minutes += 7) {
      RxkadToken token = issuer.issue("a", "", "", NOW, Duration.ofMinutes(minutes));
      byte[] plain = TestKeys.pcbc(false, TestKeys.SERVICE_KEY, token.ticket());
      int lifetime = plain[1 + 2 + 1 + 1 + 4 + 8] & 0xff;
      assertThat(lifetime).isEqualTo((minutes + 4) / 5).isLessThanOrEqualTo(0x7f);
      assertThat(token.end()).isEqualTo(T + lifetime * 300L);
    }
    assertThatThrownBy(() -> issuer.issue("a", "", "", NOW, Duration.ofMinutes(636)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> issuer.issue("a", "", "", NOW, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    RxkadToken endless = issuer.issueEndless("afs", "", "", Instant.EPOCH);
    assertThat(endless.endless()).isTrue();
    assertThat(endless.ticketLength()).isEqualTo(32); // as in capture 20
    assertThatThrownBy(() -> issuer.issue("n".repeat(64), "", "", NOW, Duration.ofHours(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> issuer.issue("a\0b", "", "", NOW, Duration.ofHours(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void issuedKerberosTicketsOpen() throws SecurityFailure {
    for (int enctype = 17; enctype <= 20; enctype++) {
      byte[] key = new byte[KerberosCipher.of(enctype).keyLength()];
      new Random(enctype).nextBytes(key);
      TicketIssuer issuer = TicketIssuer.kerberos(7, enctype, key, new Random(2));
      for (String instance : new String[] {"", "admin"}) {
        RxkadToken token = issuer.issue("bob", instance, "TEST.EXAMPLE", NOW, Duration.ofDays(30));
        assertThat(token.kvno()).isEqualTo(213);
        KerberosTicket outside = KerberosTicket.parse(213, token.ticket());
        assertThat(outside.kvno()).isEqualTo(7);
        assertThat(outside.enctype()).isEqualTo(enctype);
        Ticket t = outside.open(key, false);
        assertThat(t.name()).isEqualTo("bob");
        assertThat(t.instance()).isEqualTo(instance);
        assertThat(t.cell()).isEqualTo("TEST.EXAMPLE");
        assertThat(t.sessionKey()).isEqualTo(token.sessionKey());
        assertThat(t.start()).isEqualTo(T);
        assertThat(t.end()).isEqualTo(token.end()).isEqualTo(T + 30 * 86400L);
        byte[] wrong = key.clone();
        wrong[3] ^= 4;
        TestKeys.assertFails(BAD, () -> outside.open(wrong, false));
      }
      assertThat(issuer.issueEndless("afs", "", "", Instant.EPOCH).endless()).isTrue();
    }
  }

  @Test
  void sessionKeysAreGoodDesKeys() {
    TicketIssuer issuer = TicketIssuer.classic(3, TestKeys.SERVICE_KEY, new Random(3));
    for (int i = 0; i < 100; i++) {
      byte[] key = issuer.issueEndless("a", "", "", NOW).sessionKey();
      assertThat(Des.isWeak(key)).isFalse();
      for (byte b : key) {
        assertThat(Integer.bitCount(b & 0xff) % 2).isEqualTo(1);
      }
    }
    assertThat(Des.isWeak(TestKeys.hex("0101010101010101"))).isTrue();
    assertThat(Des.isWeak(TestKeys.hex("fee0fee0fef1fef1"))).isTrue();
    assertThat(Des.isWeak(TestKeys.hex("fee0fee0fef1fef0"))).isFalse();
  }
}
