// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.xdr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Errors name the field, the octet and the reason. */
class ErrorPathTest {
  private record Entry(String name, Ints serverNumber, List<String> notes) {
    static final XdrType<Entry> XDR = new XdrType<>("uvldbentry", Entry::decode, Entry::encode);

    static Entry decode(XdrReader in) throws IOException {
      return new Entry(
          in.chars("name", 65),
          in.ints("serverNumber", 13),
          in.listUpTo("notes", 4, e -> e.string("", 8)));
    }

    void encode(XdrWriter out) throws IOException {
      out.chars("name", 65, name);
      out.ints("serverNumber", 13, serverNumber);
      out.listUpTo("notes", 4, notes, (e, to) -> to.string("", 8, e));
    }
  }

  private static final Entry GOOD =
      new Entry("root.cell", Ints.padded(13, 1, 2, 3), List.of("a", "b"));

  @Test
  void theElementThatIsNotThereIsNamed() throws IOException {
    byte[] octets = Entry.XDR.encode(GOOD);
    byte[] cut = java.util.Arrays.copyOf(octets, 260 + 3 * 4 + 2);
    assertThat(Thrown.of(() -> Entry.XDR.decode(cut)))
        .hasMessage("uvldbentry.serverNumber[3], octet 272: the input ends");
    XdrException stream =
        Thrown.of(
            () -> Entry.XDR.decode(XdrReader.of(new ByteArrayInputStream(cut), XdrLimits.DEFAULT)));
    assertThat(stream.path()).isEqualTo("uvldbentry.serverNumber[3]");
    assertThat(stream.offset()).isEqualTo(272);
  }

  @Test
  void listsWithinListsAreFollowed() throws IOException {
    XdrWriter out = new XdrWriter();
    Entry bad = new Entry("x", Ints.padded(13), List.of("good", "much too long"));
    XdrException written =
        Thrown.of(
            () -> {
              out.list("entries", 2, List.of(GOOD, bad), Entry::encode);
              return out;
            });
    assertThat(written.path()).isEqualTo("entries[1].notes[1]");
    assertThat(written.getStackTrace()).isNotEmpty();
    byte[] octets = Entry.XDR.encode(GOOD);
    octets[octets.length - 5] = 9; // the length of the last note
    XdrException read = Thrown.of(() -> XdrReader.of(octets).chainFrom("list", Entry::decode));
    assertThat(read)
        .hasMessage(
            "list[0].notes[1], octet %d: 9 octets, where 8 is the most"
                .formatted(octets.length - 8));
    assertThat(read.getStackTrace()).isEmpty();
  }

  @Test
  void whatIsReadOnItsOwnBeginsWithItsName() {
    assertThat(Thrown.of(() -> Entry.XDR.decode(new byte[0])).path())
        .isEqualTo("uvldbentry.name[0]");
  }
}
