// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rxrpc.udp.Errno;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of rxgk in payloads of {@code rxrpc} keys (keys.md 1 and 7). */
class RxgkPayloadTest {
  /** What a kernel took with add_key, and gave back the same. */
  private static final byte[] OF_LINUX =
      HexFormat.of()
          .parseHex(
              "000000000000000b6c61622e6578616d706c650000000001000000cc00000006003fceff0723fa2a00000000"
                  + "0000000000000000000000020000000000008ca0000000000000001e000000000000001200000020"
                  + "325399a1bcc8f640de515c2414ae08b5be3fd5a716ffe08df322ed2df89611dc0000007000000001"
                  + "000000120000006485571617b65d27499e0573d67f9f3b219a83db75b6c1dc6307409444da6f9e46"
                  + "7727821e90e64d932b6034e71535be71bb509ff6a90bc5d444d75d3e41a8f06a37a8eeafaa504d70"
                  + "ea9add5eb557ba37bde95f98e0131eb2572c556eca96e2c37b2c0b66");

  /** Where the token's body begins in it: behind flags, cell, count, length and index. */
  private static final int BODY = 4 + 4 + 12 + 4 + 4 + 4;

  private static final byte[] K0 = new byte[32];
  private static final RxgkToken YFS =
      new RxgkToken(RxgkToken.YFS, 18, K0, 2, 17_000_000_000_000_000L, 36000, 30, 0, new byte[112]);
  private static final RxgkToken OPENAFS =
      new RxgkToken(
          RxgkToken.OPENAFS,
          17,
          new byte[16],
          1,
          0,
          36000,
          30,
          17_961_387_365_487_690L,
          new byte[] {1, 2, 3, 4, 5});
  private static final RxkadToken RXKAD =
      new RxkadToken(0, 256, new byte[8], 1, 4_000_000_000L, false, new byte[41]);

  private static void assertRefused(Errno errno, ThrowingCallable call) {
    KeyException e = catchThrowableOfType(KeyException.class, call);
    assertThat(e).isNotNull();
    assertThat(e.errno()).isEqualTo(errno);
  }

  @Test
  void whatLinuxTookIsReadAndWrittenTheSame() throws KeyException {
    ClientTokens tokens = TokenReader.read(OF_LINUX);
    assertThat(tokens.cell()).isEqualTo("lab.example");
    assertThat(tokens.summary()).isEqualTo("ygk");
    RxgkToken token = (RxgkToken) tokens.tokens().getFirst();
    assertThat(token.securityIndex()).isEqualTo(6);
    assertThat(token.enctype()).isEqualTo(18);
    assertThat(token.level()).isEqualTo(2);
    assertThat(token.lifetime()).isEqualTo(36000);
    assertThat(token.bytelife()).isEqualTo(30);
    assertThat(token.endless()).isTrue();
    assertThat(token.k0()).startsWith(0x32, 0x53, 0x99).hasSize(32);
    assertThat(token.token()).startsWith(0, 0, 0, 1, 0, 0, 0, 18).hasSize(112);
    assertThat(TokenWriter.xdr("lab.example", tokens)).isEqualTo(OF_LINUX);
  }

  @Test
  @DisplayName("one key holds tokens of rxkad and of both forms of rxgk")
  void allClassesInOneKey() throws KeyException {
    ClientTokens all = new ClientTokens("", List.of(YFS, RXKAD, OPENAFS));
    ClientTokens read = TokenReader.read(TokenWriter.xdr("example.org", all));
    assertThat(read.tokens()).containsExactly(YFS, RXKAD, OPENAFS);
    assertThat(read.expiry()).isEqualTo(OPENAFS.expiry());
    assertThat(OPENAFS.expiry()).isEqualTo(Instant.ofEpochSecond(1_796_138_736L, 548_769_000L));
  }

  private static byte[] with(int at, long value) {
    byte[] changed = OF_LINUX.clone();
    ByteBuffer.wrap(changed).putLong(BODY + at, value);
    return changed;
  }

  private static byte[] withInt(int at, int value) {
    byte[] changed = OF_LINUX.clone();
    ByteBuffer.wrap(changed).putInt(BODY + at, value);
    return changed;
  }

  @ParameterizedTest
  @CsvSource({"-2,false", "-1,true", "0,true", "2,true", "3,false", "4294967297,false"})
  void levelsAsInLinux(long level, boolean taken) throws KeyException {
    byte[] payload = with(16, level);
    if (taken) {
      RxgkToken token = (RxgkToken) TokenReader.read(payload).tokens().getFirst();
      assertThat(token.level()).isEqualTo((int) level);
    } else {
      assertRefused(Errno.EKEYREJECTED, () -> TokenReader.read(payload));
    }
  }

  @Test
  void endsAsInLinux() throws KeyException {
    assertRefused(Errno.EKEYEXPIRED, () -> TokenReader.read(with(8, -1)));
    assertThat(TokenReader.read(with(8, 10_000_000)).expiry()).isEqualTo(Instant.ofEpochSecond(1));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0x1_0000_0000L, Long.MIN_VALUE})
  void encryptionTypesThatAreNone(long enctype) {
    assertRefused(Errno.EKEYREJECTED, () -> TokenReader.read(with(40, enctype)));
  }

  @ParameterizedTest
  @ValueSource(ints = {33, 28, 36, 0, 65, 0xfffffffd, 0xffffffff, 0x7fffffff, 0x80000000})
  @DisplayName("R-55: a length of the key that does not fit, or wraps when rounded up, is refused")
  void lengthsOfTheKey(int length) {
    assertRefused(Errno.EKEYREJECTED, () -> TokenReader.read(withInt(48, length)));
  }

  @ParameterizedTest
  @ValueSource(ints = {113, 108, 116, 16385, 0xfffffffd, 0xffffffff, 0x80000000})
  @DisplayName("R-55: a length of the ticket that does not fit, or wraps, is refused")
  void lengthsOfTheTicket(int length) {
    assertRefused(Errno.EKEYREJECTED, () -> TokenReader.read(withInt(48 + 4 + 32, length)));
  }

  @Test
  void tokensThatAreCut() {
    for (int words = 5; words < 51; words++) {
      byte[] cut = Arrays.copyOf(OF_LINUX, BODY - 4 + 4 * words);
      ByteBuffer.wrap(cut).putInt(BODY - 8, 4 * words);
      assertRefused(Errno.EKEYREJECTED, () -> TokenReader.read(cut));
    }
  }

  @Test
  void aBadOneDiscardsAll() {
    byte[] both = TokenWriter.xdr("lab.example", new ClientTokens("", List.of(RXKAD, YFS)));
    ByteBuffer.wrap(both).putInt(both.length - 112 - 4, 200);
    assertRefused(Errno.EKEYREJECTED, () -> TokenReader.read(both));
  }

  @Test
  @DisplayName("keys of servers: SERVICE:6:KVNO:ENCTYPE")
  void serverKeys() throws KeyException {
    Keyring ring = new KeyFacility(Instant::now).process();
    Key key = ring.add(KeyType.RXRPC_S, "300:6:1:18", new byte[32]);
    assertThat(key.describe()).endsWith("300:6:1:18: aes256-cts-hmac-sha1-96");
    ring.add(KeyType.RXRPC_S, "52:6:7:20", new byte[32]);
    assertRefused(Errno.EKEYREJECTED, () -> ring.add(KeyType.RXRPC_S, "52:6:7:20", new byte[16]));
    for (String unknown : List.of("52:6:7:99", "52:6:7:3", "52:6:7:23", "52:4:7:18")) {
      assertRefused(Errno.ENOPKG, () -> ring.add(KeyType.RXRPC_S, unknown, new byte[8]));
    }
    for (String none : List.of("52:6", "52:6:7", "52:6:7:", "52:6:x:18", "52:6:7:18:1")) {
      assertRefused(Errno.EINVAL, () -> ring.add(KeyType.RXRPC_S, none, new byte[32]));
    }
  }
}
