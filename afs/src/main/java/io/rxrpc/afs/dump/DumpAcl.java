// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import io.rxrpc.xdr.Octets;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A directory's access list: whose rights are the union of the positive entries' without those of
 * the negative ones'. Immutable.
 *
 * @param positive who has which rights
 * @param negative who is denied which rights
 */
public record DumpAcl(List<DumpAclEntry> positive, List<DumpAclEntry> negative) {
  /** How many octets it takes in a dump and on the server's disk. */
  public static final int OCTETS = 192;

  /** The most entries of both kinds together. */
  public static final int MOST = 20;

  /** Offsets of the words in front of the entries. */
  private static final int SIZE = 0;

  private static final int VERSION = 4;
  private static final int TOTAL = 8;
  private static final int POSITIVE = 12;
  private static final int NEGATIVE = 16;
  private static final int ENTRIES = 20;
  private static final int ENTRY = 8;

  /** Checks that there are not too many. */
  public DumpAcl {
    positive = List.copyOf(positive);
    negative = List.copyOf(negative);
    if (positive.size() + negative.size() > MOST) {
      throw new IllegalArgumentException(
          positive.size() + negative.size() + " entries are above " + MOST);
    }
  }

  /**
   * Reads the 192 octets.
   *
   * @param block as it stands in a dump
   * @return the acl
   * @throws DumpException when they are no access list; the offset counts from their beginning
   */
  public static DumpAcl parse(Octets block) throws DumpException {
    if (block.size() != OCTETS) {
      throw fault(SIZE, "an access list of " + block.size() + " octets, not " + OCTETS);
    }
    ByteBuffer in = block.asBuffer();
    int version = in.getInt(VERSION);
    if (version != 1) {
      throw fault(VERSION, "an access list of version " + version);
    }
    int total = in.getInt(TOTAL);
    if (total < 0 || total > MOST) {
      throw fault(TOTAL, "an access list of " + total + " entries, above " + MOST);
    }
    int plus = in.getInt(POSITIVE);
    int minus = in.getInt(NEGATIVE);
    if (plus < 0 || minus < 0 || plus > total || minus > total - plus) {
      throw fault(
          POSITIVE,
          "an access list of %d and %d entries in room for %d".formatted(plus, minus, total));
    }
    List<DumpAclEntry> positive = new ArrayList<>(plus);
    for (int i = 0; i < plus; i++) {
      positive.add(entry(in, i));
    }
    List<DumpAclEntry> negative = new ArrayList<>(minus);
    for (int i = 0; i < minus; i++) {
      negative.add(entry(in, total - 1 - i)); // they grow from the end towards the positive ones
    }
    return new DumpAcl(positive, negative);
  }

  private static DumpAclEntry entry(ByteBuffer in, int index) {
    int at = ENTRIES + ENTRY * index;
    return new DumpAclEntry(in.getInt(at), in.getInt(at + 4));
  }

  private static DumpException fault(int offset, String problem) {
    return new DumpException(DumpException.Reason.VALUE, offset, problem);
  }

  /** {@return the 192 octets, with no room between the entries} */
  public Octets toOctets() {
    int total = positive.size() + negative.size();
    ByteBuffer out = ByteBuffer.allocate(OCTETS);
    out.putInt(SIZE, ENTRIES + ENTRY * total).putInt(VERSION, 1).putInt(TOTAL, total);
    out.putInt(POSITIVE, positive.size()).putInt(NEGATIVE, negative.size());
    for (int i = 0; i < positive.size(); i++) {
      put(out, i, positive.get(i));
    }
    for (int i = 0; i < negative.size(); i++) {
      put(out, total - 1 - i, negative.get(i));
    }
    return Octets.of(out.array());
  }

  private static void put(ByteBuffer out, int index, DumpAclEntry entry) {
    int at = ENTRIES + ENTRY * index;
    out.putInt(at, entry.id()).putInt(at + 4, entry.rights());
  }

  /** For example {@code -204 rlidwka, -101 rl; not 5 w}. */
  @Override
  public String toString() {
    String plus = String.join(", ", positive.stream().map(DumpAclEntry::toString).toList());
    String minus = String.join(", ", negative.stream().map(DumpAclEntry::toString).toList());
    return minus.isEmpty() ? plus : plus + "; not " + minus;
  }
}
