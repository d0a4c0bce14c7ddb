// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.krb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.security.rxkad.VectorFile;
import io.rxrpc.security.rxkad.VectorFile.Row;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Long-lived keys of AES against vectors of the RFCs and of OpenAFS's library. */
class KerberosKeyTest {
  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  static List<Named<Row>> primitives() {
    return VectorFile.read("rfc3961_rxgk").rows("primitives").stream()
        .map(r -> Named.of(r.text("op") + " " + r.number("enctype") + " " + r.text("input"), r))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("primitives")
  void whatOpenafsComputes(Row row) throws KrbException {
    KerberosKey key = KerberosKey.of(row.int32("enctype"), row.hex("key"));
    byte[] input = row.hex("input");
    byte[] output = row.hex("output");
    switch (row.text("op")) {
      case "prf" -> assertThat(key.prf(input)).isEqualTo(output);
      case "mic" -> assertThat(key.checksum(row.int32("usage"), input)).isEqualTo(output);
      default -> {
        int usage = row.int32("usage");
        byte[] opened = key.decrypt(usage, output);
        assertThat(opened).isEqualTo(input);
        byte[] confounder = new byte[output.length];
        key.usage(usage).decrypt(output, 0, output.length, confounder, 0);
        assertThat(key.encrypt(usage, Arrays.copyOf(confounder, 16), input)).isEqualTo(output);
      }
    }
  }

  static List<Row> transportKeys() {
    return VectorFile.read("rfc3961_rxgk").rows("transport_keys");
  }

  @ParameterizedTest
  @MethodSource("transportKeys")
  void transportKeysAndWhatTheySeal(Row row) throws KrbException {
    int enctype = row.int32("enctype");
    KerberosKey k0 = KerberosKey.of(enctype, row.hex("k0"));
    byte[] tk = k0.prfPlus(row.hex("seed"), KerberosKey.keyLength(enctype));
    assertThat(tk).isEqualTo(row.hex("tk"));
    KerberosKey key = KerberosKey.of(enctype, tk);
    Row auth = row.row("auth");
    byte[] message = concat(auth.hex("pseudo_header"), auth.hex("data"));
    assertThat(key.checksum(auth.int32("usage"), message)).isEqualTo(auth.hex("mic"));
    Row crypt = row.row("crypt");
    byte[] plain = concat(crypt.hex("pseudo_header"), crypt.hex("data"));
    assertThat(key.encrypt(crypt.int32("usage"), crypt.hex("confounder"), plain))
        .isEqualTo(crypt.hex("ciphertext"));
    assertThat(key.decrypt(crypt.int32("usage"), crypt.hex("ciphertext"))).isEqualTo(plain);
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  @ParameterizedTest
  @DisplayName("the pseudo-random function and the checksums of RFC 8009, appendix A")
  @CsvSource({
    "19, 3705d96080c17728a0e800eab6e0d23c, 2, "
        + "000102030405060708090a0b0c0d0e0f1011121314, d78367186643d67b411cba9139fc1dee, "
        + "9d188616f63852fe86915bb840b4a886ff3e6bb0f819b49b893393d393854295",
    "20, 6d404d37faf79f9df0d33568d320669800eb4836472ea8a026d16b7182460c52, 2, "
        + "000102030405060708090a0b0c0d0e0f1011121314, "
        + "45ee791567eefca37f4ac1e0222de80d43c3bfa06699672a, "
        + "9801f69a368c2bf675e59521e177d9a07f67efe1cfde8d3c8d6f6a0256e3b17d"
        + "b3c1b62ad1b8553360d17367eb1514d2"
  })
  void sha2(int enctype, String key, int usage, String message, String sum, String prf)
      throws KrbException {
    KerberosKey k = KerberosKey.of(enctype, hex(key));
    assertThat(k.checksum(usage, hex(message))).isEqualTo(hex(sum));
    assertThat(k.prf("test".getBytes(StandardCharsets.US_ASCII))).isEqualTo(hex(prf));
  }

  @ParameterizedTest
  @DisplayName("encryption of RFC 8009, appendix A: with a tag that covers the cipher text")
  @CsvSource({
    "19, 3705d96080c17728a0e800eab6e0d23c, 7bca285e2fd4130fb55b1a5c83bc5b24, 000102030405,"
        + " 84d7f30754ed987bab0bf3506beb09cfb55402cef7e6877ce99e247e52d16ed4421dfdf8976c",
    "20, 6d404d37faf79f9df0d33568d320669800eb4836472ea8a026d16b7182460c52,"
        + " f764e9fa15c276478b2c7d0c4e5f58e4, '',"
        + " 41f53fa5bfe7026d91faf9be959195a058707273a96a40f0a01960621ac612748b9bbfbe7eb4ce3c"
  })
  void sha2Encryption(int enctype, String key, String confounder, String plain, String sealed)
      throws KrbException {
    KerberosKey k = KerberosKey.of(enctype, hex(key));
    assertThat(k.encrypt(2, hex(confounder), hex(plain))).isEqualTo(hex(sealed));
    assertThat(k.decrypt(2, hex(sealed))).isEqualTo(hex(plain));
  }

  @Test
  @DisplayName("KRB-FX-CF2, RFC 6113 appendix A")
  void combined() throws KrbException {
    byte[] one = "key1".getBytes(StandardCharsets.US_ASCII);
    byte[] two = "key2".getBytes(StandardCharsets.US_ASCII);
    KerberosKey a = KerberosKey.of(17, hex("6ae1e2e3e4e5e6e7e8e9eaebecedeeef"));
    KerberosKey b = KerberosKey.of(17, hex("6be1e2e3e4e5e6e7e8e9eaebecedeeef"));
    byte[] both = KerberosKey.combine(17, a, one, b, two);
    byte[] first = a.prfPlus6113(one, 16);
    byte[] second = b.prfPlus6113(two, 16);
    for (int i = 0; i < both.length; i++) {
      assertThat(both[i]).isEqualTo((byte) (first[i] ^ second[i]));
    }
    assertThat(KerberosKey.combine(18, a, one, b, two)).hasSize(32);
  }

  /** Three counters for three purposes: who takes the wrong one gets other octets. */
  @Test
  void theThreeWaysToCountDiffer() throws KrbException {
    KerberosKey key = KerberosKey.of(18, new byte[32]);
    byte[] seed = {1, 2, 3};
    assertThat(key.prfPlus(seed, 32))
        .startsWith(key.prf(new byte[] {0, 0, 0, 1, 1, 2, 3}))
        .endsWith(key.prf(new byte[] {0, 0, 0, 2, 1, 2, 3}));
    assertThat(key.prfPlus6113(seed, 20)).startsWith(key.prf(new byte[] {1, 1, 2, 3}));
    assertThat(key.gssPseudoRandom(seed, 40))
        .startsWith(key.prf(new byte[] {0, 0, 0, 0, 1, 2, 3}))
        .hasSize(40);
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 18, 19, 20})
  void whatWasAlteredOrSealedOtherwiseIsRefused(int enctype) throws KrbException {
    Random random = new Random(enctype);
    KerberosKey key = KerberosKey.of(enctype, new byte[KerberosKey.keyLength(enctype)]);
    byte[] confounder = new byte[KerberosKey.CONFOUNDER];
    for (int length = 0; length < 70; length++) {
      random.nextBytes(confounder);
      byte[] plain = new byte[length];
      random.nextBytes(plain);
      byte[] sealed = key.encrypt(1026, confounder, plain);
      assertThat(sealed).hasSize(length + key.overhead());
      assertThat(key.decrypt(1026, sealed)).isEqualTo(plain);
      refused(KrbException.Fault.SEAL, () -> key.decrypt(1028, sealed));
      byte[] altered = sealed.clone();
      altered[random.nextInt(altered.length)] ^= (byte) (1 << random.nextInt(8));
      refused(KrbException.Fault.SEAL, () -> key.decrypt(1026, altered));
    }
    for (int length = 0; length < key.overhead(); length++) {
      byte[] tooShort = new byte[length];
      refused(KrbException.Fault.FORM, () -> key.decrypt(1026, tooShort));
    }
  }

  private static void refused(KrbException.Fault fault, Callable<?> what) {
    assertThatThrownBy(what::call)
        .isInstanceOfSatisfying(
            KrbException.class, e -> assertThat(e.fault()).as(e.getMessage()).isEqualTo(fault));
  }

  @ParameterizedTest
  @DisplayName("what the JDK lacks, and what is too old, is refused by its name")
  @CsvSource({
    "25, camellia128-cts-cmac",
    "26, camellia256-cts-cmac",
    "16, des3-cbc-sha1",
    "23, arcfour-hmac",
    "99, encryption type 99"
  })
  void typesThatAreNotUsed(int enctype, String name) {
    assertThat(KerberosKey.handles(enctype)).isFalse();
    assertThatThrownBy(() -> KerberosKey.of(enctype, new byte[16]))
        .isInstanceOf(KrbException.class)
        .hasMessageContaining(name);
    assertThatThrownBy(() -> KerberosKey.keyLength(enctype)).hasMessageContaining(name);
  }

  @Test
  @Tag("R-53")
  @DisplayName("R-53: a key of a wrong length is an error")
  void wrongLengths() {
    refused(KrbException.Fault.KEY, () -> KerberosKey.of(17, new byte[32]));
    refused(KrbException.Fault.KEY, () -> KerberosKey.of(20, new byte[0]));
  }

  @Test
  @Tag("R-52")
  @DisplayName("R-52: a key that was destroyed is zeros, and does nothing")
  void destroyed() throws KrbException {
    KerberosKey key = KerberosKey.of(17, hex("101316191c1f2225282b2e3134373a3d"));
    byte[] sealed = key.encrypt(1026, new byte[16], new byte[9]);
    UsageKey usage = key.usage(1026);
    key.destroy();
    assertThat(key.bytes()).containsOnly(0);
    refused(KrbException.Fault.KEY, () -> key.decrypt(1026, sealed));
    refused(KrbException.Fault.KEY, () -> key.prf(new byte[1]));
    refused(KrbException.Fault.KEY, () -> key.checksum(3, new byte[1]));
    byte[] out = new byte[64];
    assertThatThrownBy(() -> usage.encrypt(new byte[20], 0, 20, out, 0))
        .isInstanceOf(KrbException.class);
    assertThat(out).containsOnly(0);
  }

  @Test
  void manyThreadsAtOneKey() throws KrbException {
    KerberosKey key = KerberosKey.of(18, new byte[32]);
    byte[] expected = key.encrypt(7, new byte[16], new byte[500]);
    long right =
        IntStream.range(0, 2_000)
            .parallel()
            .filter(
                i -> {
                  try {
                    return Arrays.equals(key.encrypt(7, new byte[16], new byte[500]), expected)
                        && key.decrypt(7, expected).length == 500;
                  } catch (KrbException e) {
                    throw new AssertionError(e);
                  }
                })
            .count();
    assertThat(right).isEqualTo(2_000);
  }
}
