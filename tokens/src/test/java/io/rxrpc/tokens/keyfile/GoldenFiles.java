// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.keyfile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** The files that the real tools wrote, and the keys that they were given. */
final class GoldenFiles {
  static final byte[] DES_3 = hex("80b6a7cd7a9dadb6");
  static final byte[] DES_4 = hex("0102040810204080");
  static final byte[] AES128 = hex("000102030405060708090a0b0c0d0e0f");
  static final byte[] AES256 =
      hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
  static final byte[] AES256_SHA2 =
      hex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff101112131415161718191a1b1c1d1e1f");

  private GoldenFiles() {}

  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  static byte[] bytes(String name) throws IOException {
    try (InputStream in = GoldenFiles.class.getResourceAsStream("/keyfiles/" + name)) {
      return in.readAllBytes();
    }
  }

  static Path copy(Path directory, String name) throws IOException {
    return Files.write(directory.resolve(name), bytes(name));
  }
}
