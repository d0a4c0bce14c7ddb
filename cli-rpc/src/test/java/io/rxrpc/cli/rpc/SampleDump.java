// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc;

import io.rxrpc.afs.dump.DirectoryEntry;
import io.rxrpc.afs.dump.DumpAcl;
import io.rxrpc.afs.dump.DumpAclEntry;
import io.rxrpc.afs.dump.DumpDirectory;
import io.rxrpc.afs.dump.DumpEnd;
import io.rxrpc.afs.dump.DumpFields;
import io.rxrpc.afs.dump.DumpHeader;
import io.rxrpc.afs.dump.DumpWriter;
import io.rxrpc.afs.dump.VnodeData;
import io.rxrpc.afs.dump.VnodeHeader;
import io.rxrpc.afs.dump.VnodeTag;
import io.rxrpc.afs.dump.VolumeHeader;
import io.rxrpc.afs.dump.VolumeTag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** A dump of a small volume: a file {@code hello}, a symlink {@code link} to it, a mount point. */
final class SampleDump {
  private static final int ID = 536870919;
  private static final long DATE = 1_700_000_000;

  private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
  private final DumpWriter to = DumpWriter.to(octets);

  private SampleDump() {}

  /** The dump. */
  static byte[] octets() throws IOException {
    SampleDump dump = new SampleDump();
    dump.write();
    return dump.octets.toByteArray();
  }

  private void write() throws IOException {
    to.write(DumpHeader.full(ID, "sample", Instant.ofEpochSecond(DATE)));
    to.write(
        new VolumeHeader(
            DumpFields.of(
                VolumeTag.ID.of(ID),
                VolumeTag.STAMP.of(1),
                VolumeTag.NAME.of("sample"),
                VolumeTag.IN_SERVICE.of(1),
                VolumeTag.BLESSED.of(1),
                VolumeTag.UNIQUIFIER.of(5),
                VolumeTag.TYPE.of(0),
                VolumeTag.PARENT.of(ID),
                VolumeTag.DISK_USED.of(5),
                VolumeTag.FILE_COUNT.of(4),
                VolumeTag.CREATED.of(DATE),
                VolumeTag.UPDATED.of(DATE))));
    byte[] root =
        DumpDirectory.toOctets(
                List.of(
                    new DirectoryEntry(".", 1, 1),
                    new DirectoryEntry("..", 1, 1),
                    new DirectoryEntry("hello", 2, 2),
                    new DirectoryEntry("link", 4, 3),
                    new DirectoryEntry("mount", 6, 4)))
            .toArray();
    DumpAcl acl =
        new DumpAcl(
            List.of(DumpAclEntry.of(-204, "rlidwka"), DumpAclEntry.of(-101, "rl")), List.of());
    vnode(1, 1, fields(2, 2, 0755, 0).and(DumpFields.of(VnodeTag.ACL.of(acl))), root);
    vnode(2, 2, fields(1, 1, 0644, 1), "Hello, AFS!\n".getBytes(StandardCharsets.US_ASCII));
    vnode(4, 3, fields(3, 1, 0755, 1), "hello".getBytes(StandardCharsets.US_ASCII));
    vnode(6, 4, fields(3, 1, 0644, 1), "#root.cell.".getBytes(StandardCharsets.US_ASCII));
    to.write(new DumpEnd());
    to.flush();
  }

  private static DumpFields fields(int type, int links, int mode, int parent) {
    return DumpFields.of(
        VnodeTag.TYPE.of(type),
        VnodeTag.LINKS.of(links),
        VnodeTag.DATA_VERSION.of(1),
        VnodeTag.MODIFIED.of(DATE),
        VnodeTag.AUTHOR.of(7),
        VnodeTag.OWNER.of(8),
        VnodeTag.MODE.of(mode),
        VnodeTag.PARENT.of(parent),
        VnodeTag.SERVER_MODIFIED.of(DATE + 1));
  }

  private void vnode(int vnode, int unique, DumpFields fields, byte[] data) throws IOException {
    to.write(new VnodeHeader(vnode, unique, fields));
    to.write(VnodeData.of(data.length));
    to.data().write(data);
  }
}
