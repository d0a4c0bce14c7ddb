// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A dump of any size that is made while it is read: many files, half of all data in one of them.
 */
final class BigDump implements DumpSource {
  private static final int DIRECTORIES = 20;
  private static final int FILES_EACH = 500;
  private static final int FILES = DIRECTORIES * FILES_EACH;

  /** The vnode of the large one. */
  private static final int LARGE = 2 * FILES + 2;

  private final long largeSize;
  private final long smallSize;

  BigDump(long octets) {
    largeSize = octets / 2;
    smallSize = octets / 2 / FILES;
  }

  long largeSize() {
    return largeSize;
  }

  static String largePath() {
    return "/large";
  }

  static int files() {
    return FILES + 1;
  }

  @Override
  public InputStream open() throws IOException {
    return new Parts();
  }

  /** One part after the other, each made when it is read. */
  private final class Parts extends InputStream {
    private int next = 1;
    private InputStream now = part(0);

    Parts() throws IOException {}

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      int n = now.read(to, offset, length);
      while (n < 0 && next <= FILES + 2) {
        now = part(next++);
        n = now.read(to, offset, length);
      }
      return n;
    }
  }

  private InputStream part(int index) throws IOException {
    if (index == 0) {
      return octets(BigDump.this::beginning);
    }
    if (index == FILES + 2) {
      return octets(to -> {}, new DumpEnd());
    }
    int vnode = 2 * index;
    long size = vnode == LARGE ? largeSize : smallSize;
    int parent = vnode == LARGE ? 1 : 2 * ((index - 1) / FILES_EACH) + 3;
    VnodeHeader head = new VnodeHeader(vnode, vnode, VolumeMaker.fields(1, 1, 0644, parent));
    return new SequenceInputStream(
        octets(to -> {}, head, VnodeData.of(size)), new Pattern(size, vnode));
  }

  private void beginning(DumpWriter to) throws IOException {
    List<DirectoryEntry> root = new ArrayList<>();
    root.add(new DirectoryEntry(".", 1, 1));
    root.add(new DirectoryEntry("..", 1, 1));
    List<byte[]> others = new ArrayList<>();
    for (int i = 0; i < DIRECTORIES; i++) {
      int vnode = 2 * i + 3;
      root.add(new DirectoryEntry("d" + i, vnode, vnode));
      List<DirectoryEntry> entries = new ArrayList<>();
      entries.add(new DirectoryEntry(".", vnode, vnode));
      entries.add(new DirectoryEntry("..", 1, 1));
      for (int file = 0; file < FILES_EACH; file++) {
        int child = 2 * (i * FILES_EACH + file + 1);
        entries.add(new DirectoryEntry("file-number-" + file, child, child));
      }
      others.add(DumpDirectory.toOctets(entries).toArray());
    }
    root.add(new DirectoryEntry("large", LARGE, LARGE));
    byte[] top = DumpDirectory.toOctets(root).toArray();
    long blocks = top.length / 1024 + FILES * blocks(smallSize) + blocks(largeSize);
    for (byte[] data : others) {
      blocks += data.length / 1024;
    }
    to.write(DumpHeader.full(VolumeMaker.ID, "sample", VolumeMaker.DATE));
    to.write(VolumeMaker.volume(FILES + DIRECTORIES + 2, blocks, LARGE + 1));
    directory(to, 1, 0, 2 + DIRECTORIES, top);
    for (int i = 0; i < DIRECTORIES; i++) {
      directory(to, 2 * i + 3, 1, 2, others.get(i));
    }
  }

  private static long blocks(long octets) {
    return Math.max(1, (octets + 1023) / 1024);
  }

  private static void directory(DumpWriter to, int vnode, int parent, int links, byte[] data)
      throws IOException {
    DumpFields acl = DumpFields.of(VnodeTag.ACL.of(VolumeMaker.ACL));
    DumpFields fields = VolumeMaker.fields(2, links, 0755, parent).and(acl);
    to.write(new VnodeHeader(vnode, vnode, fields));
    to.write(VnodeData.of(data.length), new ByteArrayInputStream(data));
  }

  private interface Part {
    void to(DumpWriter writer) throws IOException;
  }

  /** What a writer writes for events, without those that have to come before. */
  private static InputStream octets(Part first, DumpEvent... events) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DumpWriter to = DumpWriter.to(out);
    int before = 0;
    if (events.length > 0) {
      to.write(new DumpHeader(DumpFields.NONE));
      to.write(new VolumeHeader(DumpFields.NONE));
      to.flush();
      before = out.size();
    }
    first.to(to);
    for (DumpEvent event : events) {
      to.write(event);
    }
    to.flush();
    return new ByteArrayInputStream(out.toByteArray(), before, out.size() - before);
  }

  /** Octets that are not all the same. */
  private static final class Pattern extends InputStream {
    private final byte[] block = new byte[8192];
    private long left;

    Pattern(long size, int seed) {
      left = size;
      for (int i = 0; i < block.length; i++) {
        block[i] = (byte) ((i * seed) >>> 3);
      }
    }

    @Override
    public int read() {
      return left-- > 0 ? block[0] & 0xff : -1;
    }

    @Override
    public int read(byte[] to, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int n = (int) Math.min(left, Math.min(length, block.length));
      System.arraycopy(block, 0, to, offset, n);
      left -= n;
      return n;
    }
  }
}
