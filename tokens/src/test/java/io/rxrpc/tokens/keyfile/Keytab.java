// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.keyfile;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes keytabs as ktutil, Samba and the ktpass of Active Directory do. */
final class Keytab {
  private final int version;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  Keytab(int version) {
    this.version = version;
    out.write(5);
    out.write(version);
  }

  /**
   * @param wide whether the entry ends with the version in 32 bits
   */
  Keytab add(String realm, int kvno, int enctype, byte[] key, boolean wide, String... components) {
    ByteBuffer b =
        ByteBuffer.allocate(1000)
            .order(version == 1 ? ByteOrder.nativeOrder() : ByteOrder.BIG_ENDIAN);
    b.putInt(0).putShort((short) (components.length + (version == 1 ? 1 : 0)));
    text(b, realm);
    for (String c : components) {
      text(b, c);
    }
    if (version != 1) {
      b.putInt(1);
    }
    b.putInt(1_700_000_000).put((byte) kvno).putShort((short) enctype);
    b.putShort((short) key.length).put(key);
    if (wide) {
      b.putInt(kvno);
    }
    b.putInt(0, b.position() - 4);
    out.write(b.array(), 0, b.position());
    return this;
  }

  private static void text(ByteBuffer b, String s) {
    byte[] bytes = s.getBytes(StandardCharsets.UTF_8);
    b.putShort((short) bytes.length).put(bytes);
  }

  byte[] bytes() {
    return out.toByteArray();
  }
}
