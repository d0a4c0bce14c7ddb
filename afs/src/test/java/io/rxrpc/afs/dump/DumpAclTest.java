// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.xdr.Octets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Access lists in their 192 octets, and rights in their letters. */
class DumpAclTest {
  @Test
  void positiveEntriesComeFirstAndNegativeOnesFromTheEnd() throws IOException {
    DumpAcl acl =
        new DumpAcl(
            List.of(DumpAclEntry.of(-204, "rlidwka"), DumpAclEntry.of(-101, "rl")),
            List.of(DumpAclEntry.of(7, "w"), DumpAclEntry.of(9, "d")));
    String words =
        "00000034 00000001 00000004 00000002 00000002"
            + " ffffff34 0000007f ffffff9b 00000009 00000009 00000010 00000007 00000002";
    assertThat(acl.toOctets().toHex())
        .isEqualTo(words.replace(" ", "") + "00".repeat(DumpAcl.OCTETS - 52));
    assertThat(DumpAcl.parse(acl.toOctets())).isEqualTo(acl);
    assertThat(acl).hasToString("-204 rlidwka, -101 rl; not 7 w, 9 d");
  }

  @Test
  void anyListIsReadAsItWasWritten() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 500; round++) {
      int all = random.nextInt(21);
      List<DumpAclEntry> entries = new ArrayList<>();
      for (int i = 0; i < all; i++) {
        entries.add(new DumpAclEntry(random.nextInt(), random.nextInt()));
      }
      int plus = random.nextInt(all + 1);
      DumpAcl acl = new DumpAcl(entries.subList(0, plus), entries.subList(plus, all));
      assertThat(DumpAcl.parse(acl.toOctets())).isEqualTo(acl);
    }
  }

  /** Servers may leave room between the two kinds. */
  @Test
  void roomBetweenTheEntriesIsPassedOver() throws IOException {
    ByteBuffer block = ByteBuffer.allocate(DumpAcl.OCTETS);
    block.putInt(0, 44).putInt(4, 1).putInt(8, 3).putInt(12, 1).putInt(16, 1);
    block.putInt(20, 5).putInt(24, 1).putInt(36, 6).putInt(40, 2);
    assertThat(DumpAcl.parse(Octets.of(block.array()))).hasToString("5 r; not 6 w");
  }

  @ParameterizedTest
  @CsvSource({
    "4, 2, an access list of version 2",
    "8, 21, 'an access list of 21 entries, above 20'",
    "8, -1, 'an access list of -1 entries, above 20'",
    "12, 5, an access list of 5 and 1 entries in room for 3",
    "12, -1, an access list of -1 and 1 entries in room for 3",
    "16, 3, an access list of 1 and 3 entries in room for 3",
    "16, 2147483647, an access list of 1 and 2147483647 entries in room for 3"
  })
  void whatIsNoListIsRefused(int at, int word, String message) {
    ByteBuffer block = ByteBuffer.allocate(DumpAcl.OCTETS);
    block.putInt(4, 1).putInt(8, 3).putInt(12, 1).putInt(16, 1).putInt(at, word);
    assertThatThrownBy(() -> DumpAcl.parse(Octets.of(block.array())))
        .isInstanceOf(DumpException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aBlockOfAnotherSizeIsRefused() {
    assertThatThrownBy(() -> DumpAcl.parse(Octets.of(new byte[191])))
        .isInstanceOf(DumpException.class);
    List<DumpAclEntry> many = Collections.nCopies(21, DumpAclEntry.of(1, "r"));
    assertThatThrownBy(() -> new DumpAcl(many, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "1, r",
    "2, w",
    "4, i",
    "8, l",
    "16, d",
    "32, k",
    "64, a",
    "127, rlidwka",
    "9, rl",
    "0x01000000, A",
    "0x02000000, B",
    "0x80000000, H",
    "0xff00007f, rlidwkaABCDEFGH",
    "0, ''"
  })
  void rightsHaveLetters(String bits, String letters) {
    int rights = Integer.parseUnsignedInt(bits.replace("0x", ""), bits.startsWith("0x") ? 16 : 10);
    assertThat(new DumpAclEntry(1, rights).letters()).isEqualTo(letters);
    assertThat(DumpAclEntry.of(1, letters).rights()).isEqualTo(rights);
  }

  @Test
  void bitsWithoutALetterAreShown() {
    assertThat(new DumpAclEntry(1, 0x181).letters()).isEqualTo("r+0x180");
    assertThatThrownBy(() -> DumpAclEntry.of(1, "rx"))
        .hasMessage("no right has the letter 'x'; there are rlidwkaABCDEFGH");
  }
}
