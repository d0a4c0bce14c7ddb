// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A dump of ever more vnodes, which differ in their numbers alone. */
final class EndlessDump {
  private static final int VNODE = 1;

  private EndlessDump() {}

  /** Directories of 500 names each. */
  static DumpSource ofDirectories() throws IOException {
    List<DirectoryEntry> entries = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      entries.add(new DirectoryEntry("name" + i, 2 * i + 2, 1));
    }
    return of(3, VolumeMaker.fields(2, 2, 0755, 1), DumpDirectory.toOctets(entries).toArray());
  }

  /** Files without data. */
  static DumpSource ofFiles() throws IOException {
    return of(2, VolumeMaker.fields(1, 1, 0644, 1), new byte[0]);
  }

  private static DumpSource of(int first, DumpFields fields, byte[] data) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DumpWriter to = DumpWriter.to(out);
    to.write(DumpHeader.full(VolumeMaker.ID, "sample", VolumeMaker.DATE));
    to.write(VolumeMaker.volume(1, 1, 2));
    to.flush();
    byte[] headers = out.toByteArray();
    out.reset();
    to.write(new VnodeHeader(first, 1, fields));
    to.write(VnodeData.of(data.length), new ByteArrayInputStream(data));
    to.flush();
    byte[] vnode = out.toByteArray();
    return () -> new SequenceInputStream(new ByteArrayInputStream(headers), new Again(vnode));
  }

  /** The same vnode again and again, with numbers that rise by 2. */
  private static final class Again extends InputStream {
    private final ByteBuffer vnode;
    private int at;

    Again(byte[] vnode) {
      this.vnode = ByteBuffer.wrap(vnode);
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      read(one, 0, 1);
      return one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) {
      if (at == vnode.capacity()) {
        at = 0;
        vnode.putInt(VNODE, vnode.getInt(VNODE) + 2);
      }
      int n = Math.min(length, vnode.capacity() - at);
      vnode.get(at, to, offset, n);
      at += n;
      return n;
    }
  }
}
