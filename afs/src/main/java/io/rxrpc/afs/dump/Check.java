// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks a dump while it is read, vnode by vnode; what needs all of them is {@link TreeCheck}'s.
 */
final class Check implements TreeVisitor {
  /** What a vnode's data takes of a volume's quota: blocks of 1024 octets, at least one. */
  private static final int BLOCK = 1024;

  private final DumpReader in;
  private final DumpLimits limits;
  private final Findings findings;
  private final DumpCensus census = new DumpCensus();
  private final VnodeTable vnodes = new VnodeTable();
  private final FieldCheck fields;
  private @Nullable VolumeHeader volume;
  private long volumeAt;
  private long blocks;
  private long highestUnique;
  private int lastDirectory;
  private int lastFile;

  Check(DumpReader in, DumpLimits limits) {
    this.in = in;
    this.limits = limits;
    findings = new Findings(limits.findings());
    fields = new FieldCheck(findings);
  }

  DumpReport run() throws IOException {
    boolean complete = false;
    Tree tree = new Tree(limits.index());
    try {
      new TreePass(in, tree, this).run();
      complete = true;
      long end = in.position();
      if (!in.nothingFollows()) {
        findings.error(end, "dump", "something follows the dump's end");
      }
      counts();
      new TreeCheck(tree, vnodes, findings, census.incremental()).run();
    } catch (DumpException e) {
      findings.fatal(e.offset(), "dump", withoutOffset(e));
    }
    return census.report(complete, in.position(), findings);
  }

  private static String withoutOffset(DumpException e) {
    String message = String.valueOf(e.getMessage());
    return message.substring(message.indexOf(": ") + 2);
  }

  @Override
  public void critical(int tag, String where, long offset) {
    findings.error(
        offset,
        "dump",
        "tag 0x%02x in %s is marked as critical, and its meaning is not known"
            .formatted(tag, where));
  }

  @Override
  public void volume(DumpHeader header, VolumeHeader first) {
    census.volume(header, first);
    volume = first;
    volumeAt = in.offset();
    fields.check(Section.HEADER, header.fields(), 0, "dump");
    fields.check(Section.VOLUME, first.fields(), volumeAt, "volume");
    if (header.volume() != first.id()) {
      findings.warning(
          volumeAt,
          "volume",
          "has the id %s, but the dump says it is of %s"
              .formatted(
                  Integer.toUnsignedString(first.id()), Integer.toUnsignedString(header.volume())));
    }
    if (!header.name().equals(first.name())) {
      findings.note(
          volumeAt,
          "volume",
          "has the name '%s', but the dump says it is of '%s'"
              .formatted(DumpEntry.printable(first.name()), DumpEntry.printable(header.name())));
    }
    int dates = header.fields().words(HeaderTag.DATES).size();
    if (dates != 2) {
      findings.warning(0, "dump", "spans " + dates + " dates, not a from and a to");
    }
  }

  @Override
  public void vnode(DumpVnode vnode, Tree tree) throws IOException {
    census.vnode(vnode);
    tree.names().spend(VnodeTable.OCTETS_EACH, vnode.offset());
    VnodeHeader head = vnode.head();
    numbers(vnode);
    order(vnode);
    fields.check(Section.VNODE, head.fields(), vnode.offset(), vnode.subject());
    int upward = 0;
    boolean odd = (head.vnode() & 1) != 0;
    VnodeKind kind = head.kind();
    if (kind != VnodeKind.UNCHANGED) {
      blocks += vnode.length() <= 0 ? 1 : Math.ceilDiv(vnode.length(), BLOCK);
      if (kind == VnodeKind.UNKNOWN) {
        error(vnode, "is of type " + head.type() + ", which there is not");
      } else if (odd != (kind == VnodeKind.DIRECTORY)) {
        error(
            vnode,
            odd ? "has an odd number, but is no directory" : "is a directory with an even number");
      }
      if (kind == VnodeKind.DIRECTORY) {
        upward = directory(vnode);
        new AclCheck(findings).check(vnode);
      } else if (vnode.target() != null && vnode.length() > DumpLimits.TARGET) {
        error(vnode, "is a link with a target of " + vnode.length() + " octets");
      }
      if (vnode.length() < 0) {
        findings.note(vnode.offset(), vnode.subject(), "has no data");
      }
    }
    vnodes.add(vnode, upward);
  }

  private void numbers(DumpVnode vnode) {
    VnodeHeader head = vnode.head();
    highestUnique = Math.max(highestUnique, Integer.toUnsignedLong(head.unique()));
    if (head.vnode() == 0 || head.unique() == 0) {
      error(vnode, "has the number or the uniquifier 0");
    }
    if (vnodes.find(head.vnode()) >= 0) {
      error(vnode, "comes a second time");
    }
  }

  private void order(DumpVnode vnode) {
    int number = vnode.head().vnode();
    boolean odd = (number & 1) != 0;
    int last = odd ? lastDirectory : lastFile;
    if (odd && lastFile != 0) {
      error(vnode, "is a directory and comes after files");
    } else if (Integer.compareUnsigned(number, last) < 0) {
      findings.warning(
          vnode.offset(), vnode.subject(), "comes after vnode " + Integer.toUnsignedString(last));
    }
    if (odd) {
      lastDirectory = number;
    } else {
      lastFile = number;
    }
  }

  /** Checks a directory by itself; where its ".." leads, 0 if it has none. */
  private int directory(DumpVnode vnode) {
    DumpDirectory directory = vnode.directory();
    if (directory == null) {
      error(vnode, "is a directory without data");
      return 0;
    }
    if (vnode.length() > DumpLimits.DIRECTORY) {
      error(vnode, "is a directory of " + vnode.length() + " octets, above 1023 pages");
    }
    for (DirectoryFault fault : directory.faults()) {
      error(vnode, "directory, octet " + fault.offset() + ": " + fault.problem());
    }
    VnodeHeader head = vnode.head();
    int self = 0;
    int upward = 0;
    List<DirectoryEntry> entries = directory.entries();
    Set<String> seen = HashSet.newHashSet(entries.size());
    for (DirectoryEntry entry : entries) {
      if (!seen.add(entry.name())) {
        error(vnode, "has the name '" + DumpEntry.printable(entry.name()) + "' more than once");
      }
      if (entry.name().equals(".")) {
        self = entry.vnode();
        if (entry.unique() != head.unique()) {
          self = 0;
        }
      } else if (entry.name().equals("..")) {
        upward = entry.vnode();
      }
    }
    if (self != head.vnode()) {
      error(vnode, "has no '.' that leads to itself");
    }
    if (upward == 0) {
      error(vnode, "has no '..'");
    }
    return upward;
  }

  private void error(DumpVnode vnode, String problem) {
    findings.error(vnode.offset(), vnode.subject(), problem);
  }

  /** Compares what the volume's header says with what there was. */
  private void counts() {
    VolumeHeader header = volume;
    if (header == null || census.incremental()) {
      return;
    }
    if (header.fileCount() != vnodes.size()) {
      findings.warning(
          volumeAt,
          "volume",
          "says it has " + header.fileCount() + " vnodes, but has " + vnodes.size());
    }
    if (header.diskUsed() != blocks) {
      findings.warning(
          volumeAt,
          "volume",
          "says it takes " + header.diskUsed() + " blocks, but takes " + blocks);
    }
    long next = header.fields().numberOrZero(VolumeTag.UNIQUIFIER);
    if (next <= highestUnique) {
      findings.warning(
          volumeAt,
          "volume",
          "the next uniquifier is %d, but a vnode has %d".formatted(next, highestUnique));
    }
  }
}
