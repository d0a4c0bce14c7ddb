// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rxrpc.afs.dump.DumpException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dumps that end too soon, or have one wrong octet, wherever that is. */
class DumpDamageTest {
  private static VolumeDump dump(byte[] octets) {
    return VolumeDump.of(DumpSource.of(octets));
  }

  private static byte[] sample() {
    VolumeMaker maker = new VolumeMaker();
    int docs = maker.directory(1, "docs");
    maker.file(docs, "a", "some text");
    maker.symlink(1, "link", "docs/a");
    maker.mountPoint(1, "mnt", "#root.cell.");
    return maker.octets();
  }

  /** At each octet: the offset of the error is where the stream ends. */
  @Test
  void aDumpThatEndsTooSoonIsRefusedWhereItEnds() throws IOException {
    byte[] octets = DumpVector.octets();
    for (int length = 0; length < octets.length; length++) {
      VolumeDump cut = dump(Arrays.copyOf(octets, length));
      DumpException e =
          catchThrowableOfType(
              DumpException.class, () -> cut.copy(OutputStream.nullOutputStream()));
      assertThat(e).as("%s octets", length).isNotNull();
      assertThat(e.reason()).isEqualTo(Reason.END);
      assertThat(e.offset()).isEqualTo(length);
      if (length % 7 != 0) {
        continue; // the operations stand on the same reader
      }
      DumpReport report = cut.check();
      assertThat(report.sound() || report.complete()).isFalse();
      assertThatThrownBy(() -> cut.list(entry -> {})).isInstanceOf(DumpException.class);
    }
  }

  @Test
  void aFileThatIsThereCanBeHadFromADumpThatIsCutBehindIt() throws IOException {
    byte[] octets = sample();
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    dump(octets).cat("docs/a", whole);
    assertThat(whole.toString(java.nio.charset.StandardCharsets.UTF_8)).isEqualTo("some text");
    int end = octets.length;
    while (!new String(octets, 0, end, java.nio.charset.StandardCharsets.ISO_8859_1)
        .endsWith("some text")) {
      end--;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(dump(Arrays.copyOf(octets, end)).cat("/docs/a", out)).isEqualTo(9);
    byte[] less = Arrays.copyOf(octets, end - 1);
    assertThatThrownBy(() -> dump(less).cat("/docs/a", out))
        .isInstanceOf(DumpException.class)
        .hasMessage("octet " + (end - 1) + ": the dump ends within a vnode's data");
  }

  /** What came before the damage is written: a directory's data up to where it ends. */
  @Test
  void aCopyHasWhatWasReadBeforeTheDamage() {
    byte[] octets = DumpVector.octets();
    for (int length : new int[] {500, 1000, 2000, 2492}) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      assertThatThrownBy(() -> dump(Arrays.copyOf(octets, length)).copy(out))
          .isInstanceOf(DumpException.class);
      assertThat(out.toByteArray()).isEqualTo(Arrays.copyOf(octets, length));
    }
  }

  /** Nothing but the exceptions that are documented, and what can be read is written as it was. */
  @Test
  void noWrongOctetDoesMoreThanItSays() throws IOException {
    byte[] octets = sample();
    int refused = 0;
    for (int at = 0; at < octets.length; at++) {
      if (at > 700 && octets[at] == 0 && at % 32 != 0) {
        continue; // most of a directory's page is empty
      }
      for (int wrong : List.of(octets[at] ^ 0xff, octets[at] + 1, 0x7e)) {
        byte[] damaged = octets.clone();
        damaged[at] = (byte) wrong;
        refused += operate(damaged) ? 0 : 1;
      }
    }
    assertThat(refused).isBetween(300, 20_000);
  }

  /** Whether it is a dump at all. */
  private static boolean operate(byte[] octets) throws IOException {
    VolumeDump dump = dump(octets).withLimits(DumpLimits.DEFAULT.withFindings(20));
    DumpReport report = dump.check();
    assertThat(report.findings()).hasSizeLessThanOrEqualTo(20);
    for (DumpFinding finding : report.findings()) {
      assertThat(finding.offset()).isBetween(0L, (long) octets.length);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(octets.length);
    try {
      dump.list(entry -> entry.modeText());
      dump.copy(out);
      assertThat(Arrays.equals(out.toByteArray(), Arrays.copyOf(octets, out.size()))).isTrue();
      dump.cat("link", OutputStream.nullOutputStream());
    } catch (DumpException e) {
      assertThat(e.offset()).isBetween(0L, (long) octets.length);
      return false;
    } catch (FileSystemException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
    return report.complete();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | END | octet 0: the dump ends within its first octet",
        "48656c6c6f2c20776f726c64 | MAGIC | octet 0: no volume dump",
        "01b3a1132200000002 | VERSION | octet 5: a dump of version 2, not 1",
        "01b3a113220000000104 | SECTION | octet 9: section 4 where the volume's header has to be",
        "01b3a113220000000102043a214b6f | MAGIC | octet 10: the end of the dump is not 04 3a214b6e",
        "01b3a1132200000001020501 | SECTION | octet 10: section 5 where a vnode or the end",
        "01b3a11322000000010231800002043a214b6e | TAG | octet 10: a length of 0 octets",
        "01b3a113220000000102030000000200000001688000000000000000 | VALUE | octet 19: data of 9223",
        "01b3a1132200000001028a | TAG | octet 10: tag 0x8a in the volume's header",
      })
  void theErrorSaysWhatIsWrongAndWhere(String hex, Reason reason, String message) {
    byte[] octets = HexFormat.of().parseHex(hex);
    assertThatThrownBy(() -> dump(octets).copy(OutputStream.nullOutputStream()))
        .hasMessageStartingWith(message)
        .isInstanceOfSatisfying(DumpException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void whatFollowsTheEndIsFound() throws IOException {
    byte[] octets = DumpVector.octets();
    DumpReport report = dump(Arrays.copyOf(octets, octets.length + 1)).check();
    assertThat(report.findings())
        .extracting(DumpFinding::toString)
        .containsExactly("error: dump, octet 2497: something follows the dump's end");
    assertThat(report.complete()).isTrue();
    assertThat(report.sound()).isFalse();
  }
}
