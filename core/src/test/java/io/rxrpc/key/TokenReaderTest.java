// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.udp.Errno;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The payloads of client keys; Y1 to Y14 are what a Linux kernel answered to them. */
class TokenReaderTest {
  private static final byte[] KEY = HexFormat.of().parseHex("13579bdf02468ace");
  private static final byte[] TICKET = new byte[41];

  static {
    new SplittableRandom(7).nextBytes(TICKET);
  }

  private static final RxkadToken TOKEN =
      new RxkadToken(501, 3, KEY, 1_700_000_000L, 4_000_000_000L, true, TICKET);

  private static void assertRefused(Errno errno, ThrowingCallable what) {
    assertThatThrownBy(what)
        .isInstanceOfSatisfying(
            KeyException.class, e -> assertThat(e.errno()).as(e.getMessage()).isEqualTo(errno));
  }

  private static byte[] v1(int version, int index, int length, ByteOrder order) {
    return ByteBuffer.allocate(24 + TICKET.length)
        .order(order)
        .putInt(version)
        .putShort((short) index)
        .putShort((short) length)
        .putInt(2_000_000_000)
        .putInt(256)
        .put(KEY)
        .put(TICKET)
        .array();
  }

  @Test
  void emptyIsAKeyWithoutSecurity() throws KeyException {
    ClientTokens tokens = TokenReader.read(new byte[0]); // Y1
    assertThat(tokens.anonymous()).isTrue();
    assertThat(tokens.expiry()).isNull();
  }

  @Test
  void versionOneOfTheKernel() throws KeyException {
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      ClientTokens tokens = TokenReader.read(v1(1, 2, TICKET.length, order), order);
      RxkadToken t = tokens.rxkad();
      assertThat(t.kvno()).isEqualTo(256);
      assertThat(t.end()).isEqualTo(2_000_000_000L);
      assertThat(t.sessionKey()).isEqualTo(KEY);
      assertThat(t.ticket()).isEqualTo(TICKET);
      assertThat(tokens.expiry()).isEqualTo(Instant.ofEpochSecond(2_000_000_000L));
      assertThat(tokens.summary()).isEqualTo("ka");
      assertThat(TokenWriter.versionOne(t, order)).isEqualTo(v1(1, 2, TICKET.length, order));
    }
  }

  @Test
  void versionOneRefused() {
    ByteOrder order = ByteOrder.nativeOrder();
    assertRefused(Errno.EINVAL, () -> TokenReader.read(new byte[3])); // Y2
    byte[] second = v1(2, 2, TICKET.length, order);
    assertRefused(Errno.EKEYREJECTED, () -> TokenReader.read(second)); // Y3
    byte[] none = v1(1, 0, TICKET.length, order);
    assertRefused(Errno.EPROTONOSUPPORT, () -> TokenReader.read(none)); // Y4
    byte[] gk = v1(1, 4, TICKET.length, order);
    assertRefused(Errno.EPROTONOSUPPORT, () -> TokenReader.read(gk)); // Y5
    byte[] larger = v1(1, 2, TICKET.length + 1, order);
    assertRefused(Errno.EINVAL, () -> TokenReader.read(larger)); // Y6
    byte[] smaller = v1(1, 2, TICKET.length - 1, order);
    assertRefused(Errno.EINVAL, () -> TokenReader.read(smaller));
    byte[] cut = Arrays.copyOf(v1(1, 2, 0, order), 23);
    assertRefused(Errno.EINVAL, () -> TokenReader.read(cut));
  }

  @Test
  @DisplayName("the structure rxrpc_key_sec2_v1 as the AF_RXRPC document prints it")
  void documentForm() throws KeyException {
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      byte[] payload =
          ByteBuffer.allocate(20 + TICKET.length)
              .order(order)
              .putShort((short) 2)
              .putShort((short) TICKET.length)
              .putInt(2_000_000_000)
              .put((byte) 213)
              .put(new byte[3])
              .put(KEY)
              .put(TICKET)
              .array();
      RxkadToken t = TokenReader.read(payload, order).rxkad();
      assertThat(t.kvno()).isEqualTo(213);
      assertThat(t.end()).isEqualTo(2_000_000_000L);
      assertThat(t.sessionKey()).isEqualTo(KEY);
      assertThat(t.ticket()).isEqualTo(TICKET);
      byte[] longer = Arrays.copyOf(payload, payload.length + 1);
      assertRefused(Errno.EINVAL, () -> TokenReader.read(longer, order));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 33, 34, 35, 36, 11999, 12000})
  void xdrThereAndBack(int ticketLength) throws KeyException { // Y14
    byte[] ticket = new byte[ticketLength];
    new SplittableRandom(ticketLength).nextBytes(ticket);
    RxkadToken token = new RxkadToken(9, 256, KEY, 1, 0xfffffff0L, false, ticket);
    byte[] payload = TokenWriter.xdr("example.org", new ClientTokens("", List.of(token)));
    assertThat(payload.length % 4).isZero();
    ClientTokens read = TokenReader.read(payload);
    assertThat(read.cell()).isEqualTo("example.org");
    assertThat(read.tokens()).containsExactly(token);
    assertThat(read.expiry()).isEqualTo(Instant.ofEpochSecond(0xfffffff0L));
  }

  @Test
  void severalTokensTheEarliestEndCountsAndUnknownOnesAreSkipped() throws KeyException {
    RxkadToken endless = new RxkadToken(9, 3, KEY, 1, 0xffffffffL, false, TICKET);
    byte[] two = TokenWriter.xdr("example.org", new ClientTokens("", List.of(TOKEN, endless)));
    ClientTokens read = TokenReader.read(two);
    assertThat(read.tokens()).containsExactly(TOKEN, endless);
    assertThat(read.expiry()).isEqualTo(TOKEN.expiry());
    int firstIndex = 4 + 4 + 12 + 4 + 4;
    ByteBuffer unknown = ByteBuffer.wrap(two.clone());
    unknown.putInt(firstIndex, 7);
    assertThat(TokenReader.read(unknown.array()).tokens()).containsExactly(endless);
    byte[] one = TokenWriter.xdr("example.org", new ClientTokens("", List.of(TOKEN)));
    ByteBuffer onlyUnknown = ByteBuffer.wrap(one).putInt(firstIndex, 5);
    assertRefused(Errno.EPROTONOSUPPORT, () -> TokenReader.read(onlyUnknown.array()));
  }

  @Test
  @Tag("R-51")
  @DisplayName("R-51: a ticket of more than 12000 bytes is refused in every form")
  void ticketsTooLong() {
    ByteOrder order = ByteOrder.nativeOrder();
    byte[] v1 = Arrays.copyOf(v1(1, 2, 12001, order), 24 + 12001);
    assertRefused(Errno.EINVAL, () -> TokenReader.read(v1));
    ByteBuffer document = ByteBuffer.allocate(20 + 12001).order(order);
    document.putShort((short) 2).putShort((short) 12001);
    assertRefused(Errno.EINVAL, () -> TokenReader.read(document.array()));
    byte[] ticket = new byte[12000];
    byte[] xdr =
        TokenWriter.xdr("cell", new ClientTokens("", List.of(new RxkadToken(3, KEY, 1, ticket))));
    byte[] longer = Arrays.copyOf(xdr, xdr.length + 4);
    ByteBuffer b = ByteBuffer.wrap(longer);
    b.putInt(16, b.getInt(16) + 4); // token length
    b.putInt(16 + 4 + 32, 12001); // ticket length
    assertRefused(Errno.EKEYREJECTED, () -> TokenReader.read(longer));
    assertThatThrownBy(() -> new RxkadToken(3, KEY, 1, new byte[12001]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @Tag("R-55")
  @DisplayName("R-55: lengths near 2^31 and 2^32 are compared before they are rounded up")
  void paddedLengths() {
    byte[] good = TokenWriter.xdr("example.org", new ClientTokens("", List.of(TOKEN)));
    int tokenLength = 4 + 4 + 12 + 4;
    int[] lengths = {-1, -2, -3, -4, 0x7fffffff, 0x7ffffffd, 0x80000000, 0xfffffffd, 1, 19};
    for (int length : lengths) {
      int count = length == 1 ? tokenLength : tokenLength - 4; // one token is what it has
      for (int at : new int[] {4, count, tokenLength, tokenLength + 4 + 32}) {
        ByteBuffer b = ByteBuffer.wrap(good.clone()).putInt(at, length);
        assertThatThrownBy(() -> TokenReader.read(b.array())).isInstanceOf(KeyException.class);
      }
    }
  }

  @Test
  void cellsArePrintableAndPaddedWithZeros() {
    byte[] good = TokenWriter.xdr("cell5", new ClientTokens("", List.of(TOKEN)));
    for (int at : new int[] {8, 12, 13, 15}) {
      byte[] bad = good.clone();
      bad[at] = 7;
      // then it is no XDR; as the kernel's form it begins with version 0
      assertRefused(Errno.EKEYREJECTED, () -> TokenReader.read(bad));
    }
    assertThatThrownBy(() -> TokenWriter.xdr("c".repeat(65), new ClientTokens("", List.of(TOKEN))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anyBytesAreReadOrRefused() {
    var random = new SplittableRandom(11);
    byte[] xdr = TokenWriter.xdr("example.org", new ClientTokens("", List.of(TOKEN, TOKEN)));
    byte[] v1 = TokenWriter.versionOne(TOKEN);
    for (int i = 0; i < 50_000; i++) {
      byte[] payload = (i & 1) == 0 ? xdr.clone() : v1.clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        payload[random.nextInt(Math.min(payload.length, 80))] ^= (byte) (1 << random.nextInt(8));
      }
      if (random.nextInt(4) == 0) {
        payload = Arrays.copyOf(payload, random.nextInt(payload.length + 8));
      }
      try {
        assertThat(TokenReader.read(payload).tokens().size()).isLessThanOrEqualTo(8);
      } catch (KeyException e) {
        assertThat(e.errno()).isIn(Errno.EINVAL, Errno.EKEYREJECTED, Errno.EPROTONOSUPPORT);
      }
    }
  }

  @Test
  void tokensKeepTheirSecretToThemselves() {
    RxkadToken t = new RxkadToken(3, KEY, 5, TICKET);
    assertThat(t.toString()).doesNotContain("13579bdf").contains("kvno 3");
    byte[] copy = t.sessionKey();
    copy[0]++;
    assertThat(t.sessionKey()).isEqualTo(KEY);
    t.destroy();
    assertThat(t.destroyed()).isTrue();
    assertThat(t.sessionKey()).containsOnly(0);
    assertThat(t).hasToString("rxkad token, kvno 3, ticket of 41 bytes, destroyed");
  }

  @Test
  @Tag("R-73")
  @DisplayName("R-73: of two tokens a bad one discards both, whichever it is")
  void aBadTokenDiscardsAll() {
    RxkadToken other = new RxkadToken(9, 4, KEY, 1, 2_000_000_000, false, TICKET);
    byte[] two = TokenWriter.xdr("example.org", new ClientTokens("", List.of(TOKEN, other)));
    int first = 4 + 4 + 12 + 4;
    int second = first + 4 + ByteBuffer.wrap(two).getInt(first);
    for (int token : new int[] {first, second}) {
      int ticketLength = token + 4 + 4 + 28;
      assertThat(ByteBuffer.wrap(two).getInt(ticketLength)).isEqualTo(TICKET.length);
      ByteBuffer bad = ByteBuffer.wrap(two.clone()).putInt(ticketLength, 12001);
      assertRefused(Errno.EKEYREJECTED, () -> TokenReader.read(bad.array()));
    }
  }
}
