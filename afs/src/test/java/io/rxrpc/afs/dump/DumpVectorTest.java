// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.xdr.Octets;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A real server's dump, and what each part of it says. */
class DumpVectorTest {
  private static final Instant MADE = Instant.ofEpochSecond(0x6b0d8cea);

  @Test
  void everyPartIsDecoded() throws IOException {
    DumpReader in = DumpReader.of(new ByteArrayInputStream(DumpVector.octets()));
    DumpHeader header = (DumpHeader) in.next();
    assertThat(header.volume()).isEqualTo(0x20000003);
    assertThat(header.name()).isEqualTo("jtest");
    assertThat(header.from()).isEqualTo(Instant.EPOCH);
    assertThat(header.to()).isEqualTo(MADE);
    assertThat(header.incremental()).isFalse();

    VolumeHeader volume = (VolumeHeader) in.next();
    assertThat(in.offset()).isEqualTo(32);
    assertThat(volume.id()).isEqualTo(0x20000003);
    assertThat(volume.name()).isEqualTo("jtest");
    assertThat(volume.type()).isZero();
    assertThat(volume.parent()).isEqualTo(0x20000003);
    assertThat(volume.maxQuota()).isEqualTo(777);
    assertThat(volume.diskUsed()).isEqualTo(2);
    assertThat(volume.fileCount()).isEqualTo(1);
    assertThat(volume.created()).isEqualTo(MADE);
    assertThat(volume.updated()).isEqualTo(MADE);
    assertThat(volume.fields().text(VolumeTag.OFFLINE_MESSAGE))
        .isEqualTo("A volume utility is running.");
    assertThat(volume.fields().text(VolumeTag.MOTD)).isEmpty();
    assertThat(volume.fields().words(VolumeTag.WEEK_USE).size()).isEqualTo(7);
    assertThat(volume.fields().all()).hasSize(25);

    VnodeHeader root = (VnodeHeader) in.next();
    assertThat(root.vnode()).isEqualTo(1);
    assertThat(root.unique()).isEqualTo(1);
    assertThat(root.kind()).isEqualTo(VnodeKind.DIRECTORY);
    assertThat(root.links()).isEqualTo(2);
    assertThat(root.dataVersion()).isEqualTo(1);
    assertThat(root.mode()).isEqualTo(0777);
    assertThat(root.modified()).isEqualTo(MADE);
    assertThat(root.serverModified()).isEqualTo(MADE);
    assertThat(root.author() + root.owner() + root.group() + root.parent()).isZero();
    assertThat(root.acl())
        .contains(new DumpAcl(List.of(DumpAclEntry.of(-204, "rlidwka")), List.of()));

    VnodeData data = (VnodeData) in.next();
    assertThat(data).isEqualTo(new VnodeData(2048, false));
    DumpDirectory directory = DumpDirectory.parse(in.data().readAllBytes());
    assertThat(directory.faults()).isEmpty();
    assertThat(directory.entries())
        .containsExactly(new DirectoryEntry(".", 1, 1), new DirectoryEntry("..", 1, 1));

    assertThat(in.next()).isEqualTo(new DumpEnd());
    assertThat(in.nothingFollows()).isTrue();
    assertThat(in.position()).isEqualTo(2497);
  }

  @Test
  void theSameOctetsAreWritten() throws IOException {
    byte[] octets = DumpVector.octets();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(VolumeDump.of(DumpSource.of(octets)).copy(out)).isEqualTo(octets.length);
    assertThat(out.toByteArray()).isEqualTo(octets);
  }

  /** Our directories are laid out as the server's, and so are our access lists. */
  @Test
  void aDirectoryIsBuiltAsTheServerBuildsIt() throws IOException {
    DumpReader in = DumpReader.of(new ByteArrayInputStream(DumpVector.octets()));
    DumpEvent event = in.next();
    VnodeHeader root = null;
    while (!(event instanceof VnodeData)) {
      root = event instanceof VnodeHeader vnode ? vnode : root;
      event = in.next();
    }
    byte[] pages = in.data().readAllBytes();
    List<DirectoryEntry> entries = DumpDirectory.parse(pages).entries();
    assertThat(DumpDirectory.toOctets(entries)).isEqualTo(Octets.of(pages));
    Octets acl = root.fields().find(VnodeTag.ACL).orElseThrow().value();
    assertThat(DumpAcl.parse(acl).toOctets()).isEqualTo(acl);
  }

  @Test
  void itIsSoundAndListsItsRoot() throws IOException {
    VolumeDump dump = VolumeDump.of(DumpSource.of(DumpVector.octets()));
    DumpReport report = dump.check();
    assertThat(report.findings()).isEmpty();
    assertThat(report.sound() && report.complete()).isTrue();
    assertThat(report.directories()).isEqualTo(1);
    assertThat(report.octets()).isEqualTo(2497);
    List<DumpEntry> entries = new ArrayList<>();
    dump.list(entries::add);
    assertThat(entries).hasSize(1);
    DumpEntry root = entries.getFirst();
    assertThat(root.path()).isEqualTo("/");
    assertThat(root.modeText()).isEqualTo("drwxrwxrwx");
    assertThat(root.size()).isEqualTo(2048);
    assertThat(root.acl().orElseThrow()).hasToString("-204 rlidwka");
  }
}
