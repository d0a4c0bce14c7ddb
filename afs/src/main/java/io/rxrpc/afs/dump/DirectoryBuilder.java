// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import static io.rxrpc.afs.dump.DirectoryLayout.BLOB;
import static io.rxrpc.afs.dump.DirectoryLayout.BLOBS;
import static io.rxrpc.afs.dump.DirectoryLayout.PAGE;

import io.rxrpc.xdr.Octets;
import io.rxrpc.xdr.XdrText;
import java.util.Arrays;

/** The pages of a directory while entries are added: each goes to the first room that takes it. */
final class DirectoryBuilder {
  private static final int LONGEST = 255;

  private byte[] data = new byte[0];
  private int pages;

  /** Pages before this one have no room for even the shortest entry. */
  private int firstWithRoom;

  DirectoryBuilder() {
    grow();
    Arrays.fill(
        data,
        DirectoryLayout.FREE_MAP + 1,
        DirectoryLayout.FREE_MAP + DirectoryLayout.FREE_MAP_SIZE,
        (byte) DirectoryLayout.NO_PAGE);
  }

  private void grow() {
    if (pages == DirectoryLayout.MOST_PAGES) {
      throw new IllegalArgumentException("the entries do not fit into " + pages + " pages");
    }
    data =
        Arrays.copyOf(
            data, (pages + 1) * PAGE > data.length ? Math.max(2 * data.length, PAGE) : data.length);
    int base = pages * PAGE;
    DirectoryLayout.putU16(data, base + DirectoryLayout.TAG, DirectoryLayout.MAGIC);
    int first = DirectoryLayout.first(pages);
    for (int blob = 0; blob < first; blob++) {
      DirectoryLayout.use(data, pages, blob);
    }
    data[base + DirectoryLayout.FREE_COUNT] = (byte) (BLOBS - first);
    free(pages, BLOBS - first);
    pages++;
    DirectoryLayout.putU16(data, DirectoryLayout.PAGE_COUNT, pages);
  }

  private void free(int page, int blobs) {
    if (page < DirectoryLayout.FREE_MAP_SIZE) {
      data[DirectoryLayout.FREE_MAP + page] = (byte) blobs;
    }
  }

  void add(DirectoryEntry entry) {
    byte[] name = XdrText.encode(entry.name());
    if (name.length == 0 || name.length > LONGEST) {
      throw new IllegalArgumentException("a name of " + name.length + " octets: " + entry.name());
    }
    for (byte octet : name) {
      if (octet == 0 || octet == '/') {
        throw new IllegalArgumentException("a name with NUL or '/'");
      }
    }
    int blob = take(DirectoryLayout.blobs(name.length));
    int at = blob * BLOB;
    data[at + DirectoryLayout.FLAG] = DirectoryLayout.USED;
    int chain = DirectoryLayout.HASH_TABLE + 2 * DirectoryLayout.chain(name, 0, name.length);
    DirectoryLayout.putU16(data, at + DirectoryLayout.NEXT, DirectoryLayout.u16(data, chain));
    DirectoryLayout.putU16(data, chain, blob);
    DirectoryLayout.putI32(data, at + DirectoryLayout.VNODE, entry.vnode());
    DirectoryLayout.putI32(data, at + DirectoryLayout.UNIQUE, entry.unique());
    System.arraycopy(name, 0, data, at + DirectoryLayout.NAME, name.length);
  }

  /** The number of the first of so many free blobs in a row, from now on used. */
  private int take(int blobs) {
    for (int page = firstWithRoom; ; page++) {
      if (page == pages) {
        grow();
      }
      int run = 0;
      int free = 0;
      for (int blob = 0; blob < BLOBS; blob++) {
        if (DirectoryLayout.used(data, page, blob)) {
          run = 0;
          continue;
        }
        free++;
        run++;
        if (run == blobs) {
          return use(page, blob - blobs + 1, blobs);
        }
      }
      if (free == 0 && page == firstWithRoom) {
        firstWithRoom++;
      }
    }
  }

  private int use(int page, int first, int blobs) {
    int free = 0;
    for (int blob = 0; blob < BLOBS; blob++) {
      if (blob >= first && blob < first + blobs) {
        DirectoryLayout.use(data, page, blob);
      }
      free += DirectoryLayout.used(data, page, blob) ? 0 : 1;
    }
    free(page, free);
    return page * BLOBS + first;
  }

  Octets toOctets() {
    return Octets.of(data, 0, pages * PAGE);
  }
}
