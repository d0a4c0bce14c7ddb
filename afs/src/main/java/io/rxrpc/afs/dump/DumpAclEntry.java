// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

/**
 * One entry of an access list.
 *
 * @param id the user, or the group if negative
 * @param rights the bits: 1 read, 2 write, 4 insert, 8 lookup, 16 delete, 32 lock, 64 administer,
 *     0x01000000 to 0x80000000 for applications
 */
public record DumpAclEntry(int id, int rights) {
  /** In the order in which AFS writes them. */
  private static final String LETTERS = "rlidwkaABCDEFGH";

  private static final int[] BITS = {
    1, 8, 4, 16, 2, 32, 64, 1 << 24, 1 << 25, 1 << 26, 1 << 27, 1 << 28, 1 << 29, 1 << 30, 1 << 31
  };

  /** All bits that have a letter. */
  static final int KNOWN = 0xff00007f;

  /**
   * With rights by their letters.
   *
   * @param id the id
   * @param letters rights as people write them: rlidwka
   * @return the options
   * @throws IllegalArgumentException for any but {@code rlidwka} and {@code A} to {@code H}
   */
  public static DumpAclEntry of(int id, String letters) {
    int rights = 0;
    for (int i = 0; i < letters.length(); i++) {
      char letter = letters.charAt(i);
      int at = LETTERS.indexOf(letter);
      if (at < 0) {
        throw new IllegalArgumentException(
            "no right has the letter '" + letter + "'; there are " + LETTERS);
      }
      rights |= BITS[at];
    }
    return new DumpAclEntry(id, rights);
  }

  /**
   * {@return the rights as AFS writes them, {@code rlidwka}; a bit without a letter as a number
   * behind}
   */
  public String letters() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < BITS.length; i++) {
      if ((rights & BITS[i]) != 0) {
        text.append(LETTERS.charAt(i));
      }
    }
    int others = rights & ~KNOWN;
    return others == 0 ? text.toString() : text + "+0x" + Integer.toHexString(others);
  }

  /** For example {@code -204 rlidwka}. */
  @Override
  public String toString() {
    return id + " " + letters();
  }
}
