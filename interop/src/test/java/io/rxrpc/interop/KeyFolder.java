// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** A folder as OpenAFS's servers and {@code -localauth} want it: one key, one cell. */
final class KeyFolder {
  /** What kind of key a cell has. */
  enum Kind {
    /** DES, classic tickets. */
    DES(3, "80b6a7cd7a9dadb6"),
    /** AES, the encrypted part of Kerberos 5 tickets. */
    AES(5, "9c1d4f0e6b2a7385d41c0be7f2396a58");

    final int kvno;
    final String key;

    Kind(int kvno, String key) {
      this.kvno = kvno;
      this.key = key;
    }

    /** Another key of this kind. */
    String otherKey() {
      return "01020408102040800102040810204080".substring(0, key.length());
    }
  }

  private static final int RXKAD_KRB5 = 2;
  private static final int AES128 = 17;

  private KeyFolder() {}

  /**
   * Writes it.
   *
   * @param host where the cell's database is
   * @return the folder
   */
  static Path write(Path folder, String host, Kind kind, int kvno, String hexKey)
      throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("ThisCell"), "test.example\n");
    Files.writeString(
        folder.resolve("CellServDB"), ">test.example\n%s\t#%s\n".formatted(host, host));
    Files.writeString(folder.resolve("krb.conf"), "TEST.EXAMPLE\n");
    byte[] key = HexFormat.of().parseHex(hexKey);
    ByteBuffer des = ByteBuffer.allocate(16).putInt(0);
    ByteBuffer others = ByteBuffer.allocate(64).putInt(0);
    if (kind == Kind.DES) {
      des.putInt(0, 1).putInt(kvno).put(key);
    } else {
      others.putInt(0, 1).putInt(16).putInt(RXKAD_KRB5).putInt(kvno).putInt(AES128);
      others.putInt(key.length).put(key);
    }
    write(folder.resolve("KeyFile"), des);
    write(folder.resolve("KeyFileExt"), others);
    return folder;
  }

  static Path write(Path folder, String host, Kind kind) throws IOException {
    return write(folder, host, kind, kind.kvno, kind.key);
  }

  private static void write(Path file, ByteBuffer bytes) throws IOException {
    byte[] content = new byte[bytes.flip().remaining()];
    bytes.get(content);
    Files.write(file, content);
  }
}
