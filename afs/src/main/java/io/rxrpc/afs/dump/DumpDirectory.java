// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import io.rxrpc.xdr.Octets;
import java.util.List;

/**
 * A directory, decoded: what its pages hold and what is wrong with them. Immutable.
 *
 * @param entries its names with "." and "..", in the order of its pages
 * @param faults what is wrong; the first 50
 */
public record DumpDirectory(List<DirectoryEntry> entries, List<DirectoryFault> faults) {
  static final int PAGE = DirectoryLayout.PAGE;

  /** Keeps copies of the lists. */
  public DumpDirectory {
    entries = List.copyOf(entries);
    faults = List.copyOf(faults);
  }

  /**
   * Decodes a directory's data. Whatever it is, there is a result: damage is in its faults.
   *
   * @param data the data
   * @return the directory
   */
  public static DumpDirectory parse(byte[] data) {
    return new DirectoryPages(data).read();
  }

  /**
   * {@return a directory's data with these entries, laid out as a server does that adds them one by
   * one}
   *
   * @param entries with "." and "..", which a server adds first
   * @throws IllegalArgumentException for a name that is empty, longer than 255 octets or has a NUL
   *     or '/', or when all do not fit into 1023 pages
   */
  public static Octets toOctets(List<DirectoryEntry> entries) {
    DirectoryBuilder builder = new DirectoryBuilder();
    entries.forEach(builder::add);
    return builder.toOctets();
  }
}
