// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import static io.rxrpc.afs.dump.DirectoryLayout.BLOB;
import static io.rxrpc.afs.dump.DirectoryLayout.BLOBS;
import static io.rxrpc.afs.dump.DirectoryLayout.PAGE;

import io.rxrpc.xdr.XdrText;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Reads a directory twice: along its pages, which finds all entries, and along its hash chains,
 * which is how clients look names up; what only one of them finds is a fault.
 */
final class DirectoryPages {
  private static final int MOST_FAULTS = 50;

  private final byte[] data;
  private final int pages;
  private final List<DirectoryEntry> entries = new ArrayList<>();
  private final List<DirectoryFault> faults = new ArrayList<>();

  /** The first blobs of all entries. */
  private final BitSet starts = new BitSet();

  DirectoryPages(byte[] data) {
    this.data = data;
    pages = Math.min(data.length / PAGE, DirectoryLayout.MOST_PAGES);
  }

  DumpDirectory read() {
    if (pages == 0 || data.length != pages * PAGE) {
      fault(0, "a directory of " + data.length + " octets, which is not 1 to 1023 whole pages");
    }
    if (pages > 0) {
      // 0 is from before pages were counted
      int count = DirectoryLayout.u16(data, DirectoryLayout.PAGE_COUNT);
      if (count != 0 && count != pages) {
        fault(DirectoryLayout.PAGE_COUNT, "says it has " + count + " pages, but has " + pages);
      }
    }
    for (int page = 0; page < pages; page++) {
      page(page);
    }
    if (pages > 0) {
      chains();
    }
    return new DumpDirectory(entries, faults);
  }

  private void page(int page) {
    int base = page * PAGE;
    int tag = DirectoryLayout.u16(data, base + DirectoryLayout.TAG);
    if (tag != DirectoryLayout.MAGIC) {
      fault(base + DirectoryLayout.TAG, "page " + page + " has the tag " + tag + ", not 1234");
      return;
    }
    int free = 0;
    for (int blob = 0; blob < BLOBS; blob++) {
      boolean used = DirectoryLayout.used(data, page, blob);
      free += used ? 0 : 1;
      if (!used && blob < DirectoryLayout.first(page)) {
        fault(base + DirectoryLayout.BITMAP, "page " + page + " does not count its header as used");
      }
    }
    if (page < DirectoryLayout.FREE_MAP_SIZE) {
      int at = DirectoryLayout.FREE_MAP + page;
      if ((data[at] & 0xff) != free) {
        fault(
            at,
            "says page %d has %d free blobs, but it has %d".formatted(page, data[at] & 0xff, free));
      }
    }
    int blob = DirectoryLayout.first(page);
    while (blob < BLOBS) {
      blob += DirectoryLayout.used(data, page, blob) ? entry(page, blob) : 1;
    }
  }

  /** Takes the entry that begins in a used blob; how many blobs it has. */
  private int entry(int page, int blob) {
    int at = page * PAGE + blob * BLOB;
    if (data[at + DirectoryLayout.FLAG] != DirectoryLayout.USED) {
      fault(at, "a used blob begins no entry");
      return 1;
    }
    int length = nameLength(at);
    if (length <= 0) {
      fault(at + DirectoryLayout.NAME, length == 0 ? "an empty name" : "a name beyond its page");
      return 1;
    }
    int blobs = DirectoryLayout.blobs(length);
    for (int i = blob; i < blob + blobs; i++) {
      if (i >= BLOBS || !DirectoryLayout.used(data, page, i)) {
        fault(at, "an entry goes on into a free blob");
        break;
      }
    }
    starts.set(page * BLOBS + blob);
    DirectoryEntry entry =
        new DirectoryEntry(
            XdrText.decode(data, at + DirectoryLayout.NAME, length),
            DirectoryLayout.i32(data, at + DirectoryLayout.VNODE),
            DirectoryLayout.i32(data, at + DirectoryLayout.UNIQUE));
    if (entry.vnode() == 0) {
      fault(at + DirectoryLayout.VNODE, "a name of vnode 0");
    }
    if (entry.name().indexOf('/') >= 0) {
      fault(at + DirectoryLayout.NAME, "a name with '/'");
    }
    entries.add(entry);
    return blobs;
  }

  /** How many octets before the NUL, -1 if there is none in the page. */
  private int nameLength(int at) {
    int begin = at + DirectoryLayout.NAME;
    int pageEnd = at / PAGE * PAGE + PAGE;
    for (int i = begin; i < pageEnd; i++) {
      if (data[i] == 0) {
        return i - begin;
      }
    }
    return -1;
  }

  private void chains() {
    BitSet reached = new BitSet();
    for (int chain = 0; chain < DirectoryLayout.CHAINS; chain++) {
      int from = DirectoryLayout.HASH_TABLE + 2 * chain;
      int blob = DirectoryLayout.u16(data, from);
      while (blob != 0) {
        if (!starts.get(blob)) {
          fault(from, "chain " + chain + " leads to blob " + blob + ", where no entry begins");
          break;
        }
        if (reached.get(blob)) {
          fault(from, "chain " + chain + " leads to blob " + blob + ", which was reached before");
          break;
        }
        reached.set(blob);
        int at = blob * BLOB;
        int belongs =
            DirectoryLayout.chain(data, at + DirectoryLayout.NAME, Math.max(0, nameLength(at)));
        if (belongs != chain) {
          fault(at, "an entry of chain " + belongs + " is in chain " + chain);
        }
        from = at + DirectoryLayout.NEXT;
        blob = DirectoryLayout.u16(data, from);
      }
    }
    starts.andNot(reached);
    starts.stream()
        .forEach(blob -> fault(blob * BLOB, "an entry is in no chain: clients do not find it"));
  }

  private void fault(int offset, String problem) {
    if (faults.size() < MOST_FAULTS) {
      faults.add(new DirectoryFault(offset, problem));
    }
  }
}
