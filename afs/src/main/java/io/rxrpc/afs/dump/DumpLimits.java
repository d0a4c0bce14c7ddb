// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

/**
 * What reading a dump takes in memory at most, whatever the dump claims. Immutable. The data of
 * files is never held in memory and has no limit.
 *
 * @param section the most octets of memory for the fields of one section, 1024 or more; a field
 *     costs its octets and 64 more
 * @param index the most octets of memory for the names and vnodes of the whole volume, which
 *     listing, checking and extracting keep; a name costs its octets and about 30 more
 * @param findings how many findings are kept; the others are counted
 */
public record DumpLimits(int section, long index, int findings) {
  /** 1 MiB for a section, half of the heap for names and vnodes, 1000 findings. */
  public static final DumpLimits DEFAULT =
      new DumpLimits(1 << 20, Math.max(1 << 20, Runtime.getRuntime().maxMemory() / 2), 1000);

  /** What a field costs beside its octets. */
  static final int FIELD = 64;

  /** The longest directory there is: 1023 pages. */
  static final int DIRECTORY = 1023 * DumpDirectory.PAGE;

  /** More than any symlink's target may have; the servers' own bound is 1024. */
  static final int TARGET = 4096;

  /** Checks the ranges. */
  public DumpLimits {
    if (section < 1024 || index < 1024 || findings < 0) {
      throw new IllegalArgumentException(
          "limits out of range: section %d, index %d, findings %d"
              .formatted(section, index, findings));
    }
  }

  /**
   * With another bound for the fields of one section.
   *
   * @param octets how many bytes
   * @return a copy with another bound for the fields of one section
   */
  public DumpLimits withSection(int octets) {
    return new DumpLimits(octets, index, findings);
  }

  /**
   * With another bound for the names and vnodes.
   *
   * @param octets how many bytes
   * @return a copy with another bound for the names and vnodes
   */
  public DumpLimits withIndex(long octets) {
    return new DumpLimits(section, octets, findings);
  }

  /**
   * With another bound for findings.
   *
   * @param most the most there may be
   * @return a copy with another bound for findings
   */
  public DumpLimits withFindings(int most) {
    return new DumpLimits(section, index, most);
  }
}
