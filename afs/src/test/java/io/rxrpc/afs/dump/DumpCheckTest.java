// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.xdr.Octets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a check finds, one wrong thing each. */
class DumpCheckTest {
  private static VolumeMaker maker() {
    VolumeMaker maker = new VolumeMaker();
    int docs = maker.directory(1, "docs"); // 3, unique 2
    int file = maker.file(docs, "file", "some data"); // 2, unique 3
    maker.name(file, docs, "again");
    maker.symlink(1, "link", "docs/file"); // 4, unique 4
    maker.mountPoint(1, "mnt", "%other."); // 6, unique 5
    return maker;
  }

  private static List<String> findings(VolumeMaker maker) throws IOException {
    DumpReport report = maker.dump().check();
    assertThat(report.complete()).isTrue();
    assertThat(report.allFindings()).isEqualTo(report.findings().size());
    return report.findings().stream()
        .map(f -> f.severity() + " " + f.subject() + ": " + f.problem())
        .toList();
  }

  private static UnaryOperator<VnodeHeader> field(int vnode, DumpField field) {
    return head ->
        head.vnode() == vnode
            ? new VnodeHeader(vnode, head.unique(), head.fields().with(field))
            : head;
  }

  private static List<String> changed(int vnode, DumpField field) throws IOException {
    return findings(maker().changing(field(vnode, field)));
  }

  private static List<String> entry(String name, DirectoryEntry instead) throws IOException {
    return findings(maker().changingEntries(e -> e.name().equals(name) ? instead : e));
  }

  private static List<String> volume(DumpField field) throws IOException {
    return findings(
        maker().changingVolume(header -> new VolumeHeader(header.fields().with(field))));
  }

  @Test
  void aSoundDumpHasNoFindings() throws IOException {
    assertThat(findings(maker())).isEmpty();
  }

  @Test
  void theVolumesOwnNumbersAreCompared() throws IOException {
    assertThat(volume(VolumeTag.FILE_COUNT.of(6)))
        .containsExactly("WARNING volume: says it has 6 vnodes, but has 5");
    assertThat(volume(VolumeTag.DISK_USED.of(8)))
        .containsExactly("WARNING volume: says it takes 8 blocks, but takes 7");
    assertThat(volume(VolumeTag.UNIQUIFIER.of(5)))
        .containsExactly("WARNING volume: the next uniquifier is 5, but a vnode has 5");
    assertThat(volume(VolumeTag.ID.of(9)))
        .containsExactly("WARNING volume: has the id 9, but the dump says it is of 536870919");
    assertThat(volume(VolumeTag.NAME.of("x\n")))
        .containsExactly("NOTE volume: has the name 'x\\012', but the dump says it is of 'sample'");
  }

  @Test
  void linkCountsAndParentsAreCompared() throws IOException {
    assertThat(changed(2, VnodeTag.LINKS.of(1)))
        .containsExactly("WARNING vnode 2: has a link count of 1, not 2");
    assertThat(changed(1, VnodeTag.LINKS.of(2)))
        .containsExactly("WARNING vnode 1: has a link count of 2, not 3");
    assertThat(changed(4, VnodeTag.PARENT.of(3)))
        .containsExactly("WARNING vnode 4: says it is in vnode 3, but 'link' is in vnode 1");
  }

  @Test
  void typesAndNumbersAreCompared() throws IOException {
    assertThat(changed(2, VnodeTag.TYPE.of(7)))
        .containsExactly("ERROR vnode 2: is of type 7, which there is not");
    assertThat(changed(3, VnodeTag.TYPE.of(1)))
        .contains("ERROR vnode 3: has an odd number, but is no directory");
    assertThat(changed(4, VnodeTag.TYPE.of(2)))
        .contains("ERROR vnode 4: is a directory with an even number");
  }

  @Test
  void namesThatLeadNowhereAreFound() throws IOException {
    assertThat(entry("link", new DirectoryEntry("link", 40, 4)))
        .containsExactly(
            "ERROR vnode 1: 'link' leads to vnode 40 with uniquifier 4, which the dump does not"
                + " have",
            "ERROR vnode 4: no name leads to it");
    assertThat(entry("link", new DirectoryEntry("link", 4, 9)))
        .containsExactly(
            "ERROR vnode 1: 'link' leads to vnode 4 with uniquifier 9, which the dump does not"
                + " have",
            "ERROR vnode 4: no name leads to it");
  }

  @Test
  void dotsMustLeadWhereTheyShould() throws IOException {
    assertThat(
            findings(
                maker()
                    .changingEntries(
                        e ->
                            e.name().equals(".") && e.vnode() == 3
                                ? new DirectoryEntry(".", 1, 1)
                                : e)))
        .containsExactly("ERROR vnode 3: has no '.' that leads to itself");
    assertThat(entry("..", new DirectoryEntry("..", 3, 2)))
        .contains(
            "ERROR vnode 1: its '..' leads to vnode 3", "ERROR vnode 3: its '..' leads to vnode 3");
    assertThat(entry("..", new DirectoryEntry("dots", 1, 1)))
        .contains("ERROR vnode 1: has no '..'", "ERROR vnode 3: has no '..'");
  }

  @Test
  void equalNamesAreFound() throws IOException {
    assertThat(entry("mnt", new DirectoryEntry("link", 6, 5)))
        .containsExactly("ERROR vnode 1: has the name 'link' more than once");
  }

  @Test
  void directoriesWithTwoNamesOrNoWayToThemAreFound() throws IOException {
    VolumeMaker maker = maker();
    maker.entry(3, new DirectoryEntry("me", 3, 2));
    assertThat(findings(maker)).contains("ERROR vnode 3: is a directory with 2 names");
    VolumeMaker lost = maker();
    lost.entry(3, new DirectoryEntry("me", 3, 2));
    assertThat(
            findings(
                lost.changingEntries(
                    e -> e.name().equals("docs") ? new DirectoryEntry("docs", 4, 4) : e)))
        .contains("ERROR vnode 3: no way leads from the root to it");
  }

  @Test
  void accessListsAreChecked() throws IOException {
    byte[] block = VolumeMaker.ACL.toOctets().toArray();
    block[7] = 3;
    DumpField wrong = new DumpField('A', FieldLayout.ACL, Octets.of(block));
    assertThat(changed(3, wrong))
        .containsExactly("ERROR vnode 3: access list, octet 4: an access list of version 3");
    DumpAcl odd =
        new DumpAcl(List.of(new DumpAclEntry(5, 0x80), DumpAclEntry.of(-2, "r")), List.of());
    assertThat(changed(3, VnodeTag.ACL.of(odd)))
        .containsExactly(
            "NOTE vnode 3: access list: rights without a letter: 5 +0x80",
            "NOTE vnode 3: access list: not in the order of its ids: -2 r");
    UnaryOperator<VnodeHeader> without =
        head ->
            head.vnode() == 3
                ? new VnodeHeader(
                    3,
                    head.unique(),
                    new DumpFields(
                        head.fields().all().stream().filter(f -> f.tag() != 'A').toList()))
                : head;
    assertThat(findings(maker().changing(without)))
        .containsExactly("ERROR vnode 3: is a directory without access list");
  }

  @Test
  void unknownTagsAreMentionedOnce() throws IOException {
    DumpField unknown = DumpField.unknown('z', Octets.ofHex("00000001"));
    UnaryOperator<VnodeHeader> both =
        head -> new VnodeHeader(head.vnode(), head.unique(), head.fields().with(unknown));
    assertThat(findings(maker().changing(both)))
        .containsExactly("NOTE vnode 1: tag 0x7a in a vnode is not known, and is kept");
    UnaryOperator<VnodeHeader> twice =
        head -> {
          DumpFields fields = head.fields();
          return head.vnode() == 2
              ? new VnodeHeader(2, head.unique(), fields.and(DumpFields.of(VnodeTag.TYPE.of(1))))
              : head;
        };
    assertThat(findings(maker().changing(twice)))
        .containsExactly("WARNING vnode 2: tag 't' comes more than once");
  }

  /** Sections in another order, or twice, made of the events of a sound dump. */
  @Test
  void theOrderOfVnodesIsChecked() throws IOException {
    assertThat(reordered(List.of(1, 2, 3, 4, 6)))
        .containsExactly("ERROR vnode 3: is a directory and comes after files");
    assertThat(reordered(List.of(3, 1, 2, 4, 6)))
        .containsExactly("WARNING vnode 1: comes after vnode 3");
    assertThat(reordered(List.of(1, 3, 4, 2, 6)))
        .containsExactly("WARNING vnode 2: comes after vnode 4");
    assertThat(reordered(List.of(1, 3, 2, 2, 4, 6))).contains("ERROR vnode 2: comes a second time");
    assertThat(reordered(List.of(3, 2, 4, 6)))
        .contains("ERROR volume: has no root: vnode 1 is missing");
  }

  private static List<String> reordered(List<Integer> order) throws IOException {
    byte[] octets = maker().octets();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DumpWriter to = DumpWriter.to(out);
    DumpReader headers = DumpReader.of(DumpSource.of(octets).open());
    to.write(headers.next());
    to.write(headers.next());
    for (int vnode : order) {
      DumpReader in = DumpReader.of(DumpSource.of(octets).open());
      DumpEvent event = in.next();
      while (!(event instanceof VnodeHeader head && head.vnode() == vnode)) {
        event = in.next();
      }
      to.write(event);
      to.write((VnodeData) in.next(), in.data());
    }
    to.write(new DumpEnd());
    return VolumeDump.of(DumpSource.of(out.toByteArray())).check().findings().stream()
        .map(f -> f.severity() + " " + f.subject() + ": " + f.problem())
        .filter(f -> !f.startsWith("WARNING volume"))
        .toList();
  }

  @Test
  void offsetsLeadToTheVnode() throws IOException {
    byte[] octets = maker().changing(field(4, VnodeTag.PARENT.of(3))).octets();
    DumpFinding finding = VolumeDump.of(DumpSource.of(octets)).check().findings().getFirst();
    int at = (int) finding.offset();
    assertThat(octets[at]).isEqualTo((byte) 3);
    assertThat(octets[at + 4]).isEqualTo((byte) 4);
    assertThat(finding)
        .hasToString(
            "warning: vnode 4, octet " + at + ": says it is in vnode 3, but 'link' is in vnode 1");
  }

  @Test
  void findingsAreBoundedAndCounted() throws IOException {
    VolumeMaker maker = new VolumeMaker();
    for (int i = 0; i < 100; i++) {
      maker.file(1, "n" + i, "x");
    }
    VolumeMaker wrong =
        maker.changing(
            head ->
                new VnodeHeader(
                    head.vnode(), head.unique(), head.fields().with(VnodeTag.LINKS.of(77))));
    DumpReport report = wrong.dump().withLimits(DumpLimits.DEFAULT.withFindings(10)).check();
    assertThat(report.findings()).hasSize(10);
    assertThat(report.allFindings()).isEqualTo(101);
    assertThat(report.sound()).isTrue();
  }
}
