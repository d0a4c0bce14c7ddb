// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes entries of vnodes, and says what is wrong with them. */
final class Entries {
  private final DumpCensus census;
  private final Findings findings;

  /** Most directories of a volume have the same few access lists. */
  private final Map<DumpAcl, DumpAcl> acls = new HashMap<>();

  private static final int MOST_ACLS = 1000;

  Entries(DumpCensus census, Findings findings) {
    this.census = census;
    this.findings = findings;
  }

  /** Without a path so far. */
  DumpEntry entry(DumpVnode vnode) {
    VnodeHeader head = vnode.head();
    DumpDirectory directory = vnode.directory();
    if (directory != null) {
      for (DirectoryFault fault : directory.faults()) {
        findings.error(
            vnode.offset(),
            vnode.subject(),
            "directory, octet " + fault.offset() + ": " + fault.problem());
      }
    }
    String target = vnode.target();
    if (target != null && vnode.length() > DumpLimits.TARGET) {
      findings.error(
          vnode.offset(), vnode.subject(), "a target of " + vnode.length() + " octets, cut off");
    }
    return new DumpEntry(
        "",
        head,
        head.kind(),
        Math.max(0, vnode.length()),
        Optional.ofNullable(target),
        acl(vnode),
        vnode.offset());
  }

  private Optional<DumpAcl> acl(DumpVnode vnode) {
    try {
      Optional<DumpAcl> acl = vnode.head().acl();
      if (acl.isPresent() && acls.size() < MOST_ACLS) {
        return Optional.of(acls.computeIfAbsent(acl.get(), one -> one));
      }
      return acl;
    } catch (DumpException e) {
      findings.error(vnode.offset(), vnode.subject(), "access list, " + e.getMessage());
      return Optional.empty();
    }
  }

  /** One for each name of a file or link. */
  List<DumpEntry> named(DumpEntry entry, Tree tree) {
    VnodeHeader head = entry.vnode();
    List<String> paths = tree.paths(head.vnode(), head.unique());
    if (paths.isEmpty()) {
      if (!census.incremental()) {
        findings.error(entry.offset(), DumpVnode.subject(head), "no name leads to it");
      }
      return List.of(entry.withPath(Tree.numbers(head.vnode(), head.unique())));
    }
    List<DumpEntry> named = new ArrayList<>(paths.size());
    paths.forEach(path -> named.add(entry.withPath(path)));
    return named;
  }

  /** With the path of a directory; one without data, which did not change, has that of its name. */
  DumpEntry placed(DumpEntry entry, Tree tree) {
    if (!tree.has(entry.vnode().vnode())) {
      return named(entry, tree).getFirst();
    }
    String path = tree.path(entry.vnode().vnode());
    return entry.withPath(path.isEmpty() ? "/" : path);
  }
}
