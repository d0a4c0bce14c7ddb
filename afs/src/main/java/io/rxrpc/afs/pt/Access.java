// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.pt;

/**
 * Who may see and do what with a user or group: five letters as pts shows them, S status, O what it
 * owns, M members, A adding, R removing. A capital is for anyone, a small letter for members, a
 * hyphen for the owner only.
 *
 * @param bits PRP_ of {@link PtConstants}
 */
public record Access(int bits) {
  /** The letter, what it takes for anyone, and for members; 0 where that cannot be given. */
  private enum Right {
    STATUS('s', PtConstants.PRP_STATUS_ANY, PtConstants.PRP_STATUS_MEM),
    OWNED('o', PtConstants.PRP_OWNED_ANY, 0),
    MEMBERS('m', PtConstants.PRP_MEMBER_ANY, PtConstants.PRP_MEMBER_MEM),
    ADD('a', PtConstants.PRP_ADD_ANY, PtConstants.PRP_ADD_MEM),
    REMOVE('r', 0, PtConstants.PRP_REMOVE_MEM);

    final char letter;
    final int anyone;
    final int member;

    Right(char letter, int anyone, int member) {
      this.letter = letter;
      this.anyone = anyone;
      this.member = member;
    }
  }

  /**
   * {@return the access that a person means: {@code S-M--}}
   *
   * @param text the text
   * @throws IllegalArgumentException when it is not five letters in that order, or cannot be given
   */
  public static Access parse(String text) {
    Right[] rights = Right.values();
    if (text.length() != rights.length) {
      throw new IllegalArgumentException(
          "'" + text + "' is no access of five letters, such as S-M--");
    }
    int bits = 0;
    for (int i = 0; i < rights.length; i++) {
      char c = text.charAt(i);
      Right right = rights[i];
      char capital = Character.toUpperCase(right.letter);
      if (c == capital && right.anyone != 0) {
        bits |= right.anyone;
      } else if (c == right.letter && right.member != 0) {
        bits |= right.member;
      } else if (c != '-') {
        throw new IllegalArgumentException(
            "'" + text + "' has " + c + " where there can be - or " + choices(right, capital));
      }
    }
    return new Access(bits);
  }

  private static String choices(Right right, char capital) {
    return (right.anyone != 0 ? String.valueOf(capital) : "")
        + (right.member != 0 ? String.valueOf(right.letter) : "");
  }

  /** For example {@code S-M--}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Right right : Right.values()) {
      if ((bits & right.anyone) != 0) {
        text.append(Character.toUpperCase(right.letter));
      } else {
        text.append((bits & right.member) != 0 ? right.letter : '-');
      }
    }
    return text.toString();
  }
}
