// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.krb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The ciphers of Kerberos against the vectors of their RFCs. */
class KerberosCipherTest {
  private static final int TICKET = 2;

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static void assertFails(KrbException.Fault fault, ThrowingCallable what) {
    assertThatThrownBy(what)
        .isInstanceOfSatisfying(
            KrbException.class, e -> assertThat(e.fault()).as(e.getMessage()).isEqualTo(fault));
  }

  private static byte[] ascii(String s) {
    return s.getBytes(StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @DisplayName("n-fold, RFC 3961 A.1")
  @CsvSource({
    "012345, be072631276b1955",
    "password, 78a07b6caf85fa",
    "'Rough Consensus, and Running Code', bb6ed30870b7f0e0",
    "password, 59e4a8ca7c0385c3c37b3f6d2000247cb6e6bd5b3e",
    "MASSACHVSETTS INSTITVTE OF TECHNOLOGY, db3b0d8f0b061e603282b308a50841229ad798fab9540c1b",
    "Q, 518a54a215a8452a518a54a215a8452a518a54a215",
    "ba, fb25d531ae8974499f52fd92ea9857c4ba24cf297e"
  })
  void fold(String in, String out) {
    byte[] expected = hex(out);
    assertThat(KerberosCipher.fold(ascii(in), expected.length)).isEqualTo(expected);
  }

  @Test
  @DisplayName("aes128-cts-hmac-sha256-128, RFC 8009 appendix A")
  void sha2() throws KrbException {
    byte[] key = hex("3705d96080c17728a0e800eab6e0d23c");
    byte[] confounder = hex("7e5895eaf2672435bad817f545a37148");
    byte[] sealed = hex("ef85fb890bb8472f4dab20394dca781dad877eda39d50c870c0d5a0a8e48c718");
    assertThat(KerberosCipher.AES128_SHA2.encrypt(key, TICKET, confounder, new byte[0]))
        .isEqualTo(sealed);
  }

  @ParameterizedTest
  @DisplayName("tickets' key usage of MIT's own vectors for 3DES and RC4")
  @CsvSource({
    "DES3_SHA1, 2fd0f725ce04100d2fc8a18098831f850b45d9ef850bd920,"
        + " cf9144ebc8697981075a8bad8d74e5d7d591eb7d9770c7ada25ee8c5b3d69444dfec79a5b7a01482d9af74e6",
    "RC4_HMAC, 3e40ab6093695281b3ac1a9304224d98,"
        + " 0f9ad121d99d4a09448e4f1f718c4f5cbe6096262c66f29df232a87c9f98755d55"
  })
  void oldCiphersOpenWhatMitSealed(KerberosCipher cipher, String key, String sealed)
      throws KrbException {
    byte[] plain = cipher.decrypt(hex(key), TICKET, hex(sealed));
    assertThat(plain).startsWith(ascii("9 bytesss"));
    assertThat(plain.length - 9).isBetween(0, cipher.padding());
  }

  @ParameterizedTest
  @DisplayName("DK of des3-cbc-hmac-sha1-kd, RFC 3961 A.3")
  @CsvSource({
    "dce06b1f64c857a11c3db57c51899b2cc1791008ce973b92, 0000000155,"
        + " 925179d04591a79b5d3192c4a7e9c289b049c71f6ee604cd",
    "5e13d31c70ef765746578531cb51c15bf11ca82c97cee9f2, 00000001aa,"
        + " 9e58e5a146d9942a101c469845d67a20e3c4259ed913f207",
    "98e6fd8a04a4b6859b75a176540b9752bad3ecd610a252bc, 0000000155,"
        + " 13fef80d763e94ec6d13fd2ca1d085070249dad39808eabf"
  })
  void tripleDesDerives(String key, String constant, String derived)
      throws java.security.GeneralSecurityException {
    assertThat(TripleDes.derive(hex(key), hex(constant))).isEqualTo(hex(derived));
  }

  @ParameterizedTest
  @EnumSource(KerberosCipher.class)
  void whatWasEncryptedIsDecrypted(KerberosCipher cipher) throws KrbException {
    Random random = new Random(cipher.enctype());
    byte[] key = new byte[cipher.keyLength()];
    random.nextBytes(key);
    byte[] confounder = new byte[cipher.confounder()];
    random.nextBytes(confounder);
    for (int length = 1; length < 70; length++) {
      byte[] plain = new byte[length];
      random.nextBytes(plain);
      byte[] sealed = cipher.encrypt(key, TICKET, confounder, plain);
      byte[] opened = cipher.decrypt(key, TICKET, sealed);
      assertThat(opened).startsWith(plain);
      assertThat(opened.length - length).isBetween(0, cipher.padding());
      sealed[random.nextInt(sealed.length)] ^= (byte) (1 << random.nextInt(8));
      assertFails(KrbException.Fault.SEAL, () -> cipher.decrypt(key, TICKET, sealed));
    }
    for (int length = 0; length < 24; length++) {
      byte[] tooShort = new byte[length];
      assertThatThrownBy(() -> cipher.decrypt(key, TICKET, tooShort))
          .isInstanceOf(KrbException.class);
    }
  }

  @Test
  @Tag("R-53")
  @DisplayName("R-53: a key that the cipher refuses is an error with a code")
  void unfitKeys() {
    assertFails(
        KrbException.Fault.KEY,
        () -> KerberosCipher.AES256_SHA1.decrypt(new byte[31], TICKET, new byte[100]));
    assertFails(KrbException.Fault.KEY, () -> Des.pcbc(false, new byte[7], new byte[32]));
    assertFails(KrbException.Fault.KEY, () -> Des.pcbc(false, new byte[8], new byte[33]));
    assertFails(KrbException.Fault.KEY, () -> KerberosDes.decrypt(3, new byte[5], new byte[64]));
  }

  @ParameterizedTest
  @DisplayName("MD4, RFC 1320 A.5")
  @CsvSource({
    "'', 31d6cfe0d16ae931b73c59d7e0c089c0",
    "a, bde52cb31de33e46245e05fbdbd6fb24",
    "abc, a448017aaf21d8525fc10ae87aa6729d",
    "message digest, d9130a8164549fe818874806e1c7014b",
    "12345678901234567890123456789012345678901234567890123456789012345678901234567890,"
        + " e33b4ddc9c38f2199c3e7b164fcc0536"
  })
  void md4(String in, String out) {
    assertThat(HexFormat.of().formatHex(Md4.digest(ascii(in)))).isEqualTo(out);
  }

  @Test
  @DisplayName("the CRC of des-cbc-crc, RFC 3961 A.5")
  void crc() throws KrbException {
    assertThat(KerberosDes.checksum(1, ascii("foo"))).isEqualTo(hex("33bc3273"));
    assertThat(KerberosDes.checksum(1, ascii("test0123456789"))).isEqualTo(hex("d6883eb8"));
    assertThat(KerberosDes.checksum(1, hex("8000"))).isEqualTo(hex("4b98833b"));
  }

  @ParameterizedTest
  @CsvSource({"1, 4", "2, 16", "3, 16"})
  void desTicketsOfKerberos(int enctype, int checksum) throws KrbException {
    byte[] key = hex("0102040810204080");
    byte[] text = ascii("what the ticket says ... ");
    int length = (8 + checksum + text.length + 7) & -8;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(ascii("confound"));
    out.writeBytes(new byte[checksum]);
    out.writeBytes(text);
    byte[] plain = Arrays.copyOf(out.toByteArray(), length);
    System.arraycopy(KerberosDes.checksum(enctype, plain), 0, plain, 8, checksum);
    byte[] sealed = Des.cbc(true, key, enctype == 1 ? key : new byte[8], plain);
    assertThat(KerberosDes.decrypt(enctype, key, sealed)).startsWith(text);
    for (int i = 0; i < sealed.length; i++) {
      byte[] altered = sealed.clone();
      altered[i] ^= 0x10;
      assertFails(KrbException.Fault.SEAL, () -> KerberosDes.decrypt(enctype, key, altered));
    }
    assertThatThrownBy(() -> KerberosDes.decrypt(enctype, key, new byte[8]))
        .isInstanceOf(KrbException.class);
  }
}
