// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import io.rxrpc.xdr.Ints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Makes dumps of volumes of a test's own. */
final class VolumeMaker {
  static final int ID = 0x20000007;
  static final Instant DATE = Instant.ofEpochSecond(1_700_000_000);
  static final DumpAcl ACL =
      new DumpAcl(
          List.of(DumpAclEntry.of(-204, "rlidwka"), DumpAclEntry.of(-101, "rl")),
          List.of(DumpAclEntry.of(7, "w")));

  private final Map<Integer, List<DirectoryEntry>> directories = new TreeMap<>();
  private final Map<Integer, Integer> above = new LinkedHashMap<>();
  private final Map<Integer, Made> others = new TreeMap<>();
  private int nextDirectory = 1;
  private int nextFile = 2;
  private int nextUnique = 1;
  private UnaryOperator<VnodeHeader> change = head -> head;
  private UnaryOperator<DirectoryEntry> changeEntry = entry -> entry;
  private UnaryOperator<VolumeHeader> changeVolume = header -> header;
  private int from;

  private record Made(int type, int mode, int parent, int unique, byte[] data) {}

  VolumeMaker() {
    directory(0, "");
  }

  /** A directory in another one, 1 being the root; its vnode. */
  int directory(int in, String name) {
    int vnode = nextDirectory;
    nextDirectory += 2;
    int unique = nextUnique++;
    List<DirectoryEntry> entries = new ArrayList<>();
    entries.add(new DirectoryEntry(".", vnode, unique));
    directories.put(vnode, entries);
    above.put(vnode, in);
    if (in == 0) {
      entries.add(new DirectoryEntry("..", vnode, unique));
    } else {
      entries.add(new DirectoryEntry("..", in, directories.get(in).getFirst().unique()));
      directories.get(in).add(new DirectoryEntry(name, vnode, unique));
    }
    return vnode;
  }

  int file(int in, String name, byte[] data) {
    return make(1, 0644, in, name, data);
  }

  int file(int in, String name, String data) {
    return file(in, name, data.getBytes(StandardCharsets.UTF_8));
  }

  int symlink(int in, String name, String target) {
    return make(3, 0755, in, name, target.getBytes(StandardCharsets.UTF_8));
  }

  int mountPoint(int in, String name, String volume) {
    return make(3, 0644, in, name, volume.getBytes(StandardCharsets.UTF_8));
  }

  private int make(int type, int mode, int in, String name, byte[] data) {
    int vnode = nextFile;
    nextFile += 2;
    int unique = nextUnique++;
    others.put(vnode, new Made(type, mode, in, unique, data));
    directories.get(in).add(new DirectoryEntry(name, vnode, unique));
    return vnode;
  }

  /** One more name for a file. */
  void name(int vnode, int in, String name) {
    directories.get(in).add(new DirectoryEntry(name, vnode, others.get(vnode).unique()));
  }

  /** A name that leads wherever one likes. */
  void entry(int in, DirectoryEntry entry) {
    directories.get(in).add(entry);
  }

  VolumeMaker changing(UnaryOperator<VnodeHeader> vnodes) {
    change = vnodes;
    return this;
  }

  VolumeMaker changingEntries(UnaryOperator<DirectoryEntry> entries) {
    changeEntry = entries;
    return this;
  }

  VolumeMaker changingVolume(UnaryOperator<VolumeHeader> volume) {
    changeVolume = volume;
    return this;
  }

  VolumeMaker since(int date) {
    from = date;
    return this;
  }

  byte[] octets() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DumpWriter to = DumpWriter.to(out)) {
      to.write(header());
      Map<Integer, byte[]> pages = new TreeMap<>();
      directories.forEach(
          (vnode, entries) ->
              pages.put(
                  vnode,
                  DumpDirectory.toOctets(entries.stream().map(changeEntry).toList()).toArray()));
      long blocks = 0;
      for (byte[] data : pages.values()) {
        blocks += blocks(data);
      }
      for (Made made : others.values()) {
        blocks += blocks(made.data);
      }
      to.write(changeVolume.apply(volume(directories.size() + others.size(), blocks, nextUnique)));
      for (int vnode : directories.keySet()) {
        write(to, change.apply(directoryHead(vnode)), pages.get(vnode));
      }
      for (int vnode : others.keySet()) {
        write(to, change.apply(fileHead(vnode)), others.get(vnode).data);
      }
      to.write(new DumpEnd());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  VolumeDump dump() {
    return VolumeDump.of(DumpSource.of(octets()));
  }

  private static long blocks(byte[] data) {
    return Math.max(1, (data.length + 1023) / 1024);
  }

  private DumpHeader header() {
    DumpHeader full = DumpHeader.full(ID, "sample", DATE);
    Ints dates = Ints.of(from, (int) DATE.getEpochSecond());
    return new DumpHeader(full.fields().with(HeaderTag.DATES.of(dates)));
  }

  static VolumeHeader volume(long vnodes, long blocks, long unique) {
    long date = DATE.getEpochSecond();
    return new VolumeHeader(
        DumpFields.of(
            VolumeTag.ID.of(ID),
            VolumeTag.STAMP.of(1),
            VolumeTag.NAME.of("sample"),
            VolumeTag.IN_SERVICE.of(1),
            VolumeTag.BLESSED.of(1),
            VolumeTag.UNIQUIFIER.of(unique),
            VolumeTag.TYPE.of(0),
            VolumeTag.PARENT.of(ID),
            VolumeTag.CLONE.of(0),
            VolumeTag.MAX_QUOTA.of(5000),
            VolumeTag.MIN_QUOTA.of(0),
            VolumeTag.DISK_USED.of(blocks),
            VolumeTag.FILE_COUNT.of(vnodes),
            VolumeTag.ACCOUNT.of(0),
            VolumeTag.OWNER.of(0),
            VolumeTag.CREATED.of(date),
            VolumeTag.ACCESSED.of(date),
            VolumeTag.UPDATED.of(date),
            VolumeTag.EXPIRES.of(0),
            VolumeTag.BACKED_UP.of(0),
            VolumeTag.OFFLINE_MESSAGE.of(""),
            VolumeTag.MOTD.of(""),
            VolumeTag.WEEK_USE.of(Ints.padded(7)),
            VolumeTag.DAY_USE_DATE.of(0),
            VolumeTag.DAY_USE.of(0)));
  }

  private VnodeHeader directoryHead(int vnode) {
    long inside = above.values().stream().filter(in -> in == vnode).count();
    int unique = directories.get(vnode).getFirst().unique();
    DumpFields fields = fields(2, (int) (2 + inside), 0755, above.get(vnode));
    return new VnodeHeader(vnode, unique, fields.and(DumpFields.of(VnodeTag.ACL.of(ACL))));
  }

  private VnodeHeader fileHead(int vnode) {
    Made made = others.get(vnode);
    long names =
        directories.values().stream()
            .flatMap(List::stream)
            .filter(entry -> entry.vnode() == vnode)
            .count();
    return new VnodeHeader(
        vnode, made.unique, fields(made.type, (int) names, made.mode, made.parent));
  }

  static DumpFields fields(int type, int links, int mode, int parent) {
    long date = DATE.getEpochSecond();
    return DumpFields.of(
        VnodeTag.TYPE.of(type),
        VnodeTag.LINKS.of(links),
        VnodeTag.DATA_VERSION.of(1),
        VnodeTag.MODIFIED.of(date),
        VnodeTag.AUTHOR.of(7),
        VnodeTag.OWNER.of(8),
        VnodeTag.MODE.of(mode),
        VnodeTag.PARENT.of(parent),
        VnodeTag.SERVER_MODIFIED.of(date + 1));
  }

  private static void write(DumpWriter to, VnodeHeader head, byte[] data) throws IOException {
    to.write(head);
    if (!head.fields().isEmpty()) {
      to.write(VnodeData.of(data.length));
      to.data().write(data);
    }
  }
}
