// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import io.rxrpc.xdr.Octets;
import java.util.List;
import java.util.Optional;

/** Checks the access list of one directory. */
final class AclCheck {
  private final Findings findings;

  AclCheck(Findings findings) {
    this.findings = findings;
  }

  void check(DumpVnode vnode) {
    try {
      Optional<DumpAcl> acl = vnode.head().acl();
      if (acl.isEmpty()) {
        findings.error(vnode.offset(), vnode.subject(), "is a directory without access list");
        return;
      }
      entries(vnode, acl.get().positive());
      entries(vnode, acl.get().negative());
      Octets block = vnode.head().fields().find(VnodeTag.ACL).orElseThrow().value();
      int size = block.asBuffer().getInt(0);
      int entries = acl.get().positive().size() + acl.get().negative().size();
      if (size < 20 + 8 * entries || size > DumpAcl.OCTETS) {
        findings.warning(
            vnode.offset(), vnode.subject(), "access list, octet 0: a size of " + size + " octets");
      }
    } catch (DumpException e) {
      findings.error(vnode.offset(), vnode.subject(), "access list, " + e.getMessage());
    }
  }

  private void entries(DumpVnode vnode, List<DumpAclEntry> entries) {
    for (int i = 0; i < entries.size(); i++) {
      DumpAclEntry entry = entries.get(i);
      if ((entry.rights() & ~DumpAclEntry.KNOWN) != 0) {
        findings.note(
            vnode.offset(), vnode.subject(), "access list: rights without a letter: " + entry);
      }
      if (i > 0 && entries.get(i - 1).id() >= entry.id()) {
        findings.note(
            vnode.offset(), vnode.subject(), "access list: not in the order of its ids: " + entry);
      }
    }
  }
}
