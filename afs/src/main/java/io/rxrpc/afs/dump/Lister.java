// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Hands out the entries of a dump: first the directories, then the others as they come. */
final class Lister implements TreeVisitor {
  /** About what a directory's entry costs while it waits for its path. */
  private static final int OCTETS_EACH = 2048;

  private final EntrySink sink;
  private final DumpCensus census = new DumpCensus();
  private final Findings findings;
  private final Entries entries;
  private final List<DumpEntry> waiting = new ArrayList<>();
  private boolean pathsKnown;

  Lister(EntrySink sink, Findings findings) {
    this.sink = sink;
    this.findings = findings;
    entries = new Entries(census, findings);
  }

  @Override
  public void volume(DumpHeader header, VolumeHeader volume) {
    census.volume(header, volume);
  }

  @Override
  public void vnode(DumpVnode vnode, Tree tree) throws IOException {
    census.vnode(vnode);
    DumpEntry entry = entries.entry(vnode);
    if ((vnode.head().vnode() & 1) == 0) {
      for (DumpEntry named : entries.named(entry, tree)) {
        sink.accept(named);
      }
    } else if (pathsKnown) {
      sink.accept(entries.placed(entry, tree));
    } else {
      tree.names().spend(OCTETS_EACH, vnode.offset());
      waiting.add(entry);
    }
  }

  @Override
  public void directories(Tree tree) throws IOException {
    pathsKnown = true;
    for (DumpEntry directory : waiting) {
      sink.accept(entries.placed(directory, tree));
    }
    waiting.clear();
  }

  DumpReport report(long octets) {
    return census.report(true, octets, findings);
  }
}
