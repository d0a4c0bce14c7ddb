// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.rxrpc.afs.dump.DumpException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dumps that want more memory or time than they are worth. */
class DumpHostileTest {
  private static final String BEGIN = "01b3a113220000000102";

  /** Some octets, and then others for ever. */
  private static DumpSource endless(String hex, String again) {
    byte[] repeated = HexFormat.of().parseHex(again.repeat(Math.max(1, 8192 / again.length())));
    return () ->
        new SequenceInputStream(
            new ByteArrayInputStream(HexFormat.of().parseHex(hex)),
            new InputStream() {
              private int at;

              @Override
              public int read() {
                return repeated[at++ % repeated.length] & 0xff;
              }

              @Override
              public int read(byte[] to, int offset, int length) {
                int from = at % repeated.length;
                int n = Math.min(length, repeated.length - from);
                System.arraycopy(repeated, from, to, offset, n);
                at = (from + n) % repeated.length;
                return n;
              }
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "6e | 61", // a name without NUL
        "'' | 7b", // fields without end, of one octet each
        "'' | 2000",
        "20887fffffffffffffff | 00",
        "2088ffffffffffffffff | 00",
        "20847fffffff | 00",
        "57ffff | 00 | again", // many words many times
      })
  void fieldsAreBounded(String text) throws IOException {
    String[] parts = text.split(" \\| ", -1);
    String begin = parts[0].replace("''", "");
    DumpSource source =
        parts.length > 2
            ? endless(BEGIN, begin + "00".repeat(4 * 0xffff))
            : endless(BEGIN + begin, parts[1]);
    VolumeDump dump = VolumeDump.of(source);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThatThrownBy(() -> dump.copy(OutputStream.nullOutputStream()))
        .isInstanceOfSatisfying(
            DumpException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.LIMIT);
              assertThat(e.offset()).isLessThan(3 << 20);
            })
        .hasMessageContaining("the fields of the volume's header are above the limit");
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(16 << 20);
    assertThat(dump.check().errors()).isEqualTo(1);
  }

  @Test
  void aDirectoryOfAnyClaimedLengthIsReadUpToItsBound() throws IOException {
    // a directory that says it has 2^62 octets, and the stream goes on for ever: nothing to keep
    String head = BEGIN + "030000000100000001" + "7402";
    InputStream in = endless(head + "684000000000000000", "00").open();
    DumpSource source = () -> new ByteArrayInputStream(in.readNBytes(8 << 20));
    assertThatThrownBy(() -> VolumeDump.of(source).list(entry -> {}))
        .isInstanceOf(DumpException.class)
        .hasMessage("octet " + (8 << 20) + ": the dump ends within a vnode's data");
  }

  @Test
  void aTargetOfAnyLengthIsCutOff() throws IOException {
    VolumeMaker maker = new VolumeMaker();
    maker.symlink(1, "long", "x".repeat(100_000));
    List<DumpEntry> entries = new ArrayList<>();
    DumpReport report = maker.dump().list(entries::add);
    assertThat(entries.getLast().target().orElseThrow()).hasSize(4096);
    assertThat(report.findings())
        .extracting(DumpFinding::problem)
        .containsExactly("a target of 100000 octets, cut off");
    assertThat(maker.dump().check().errors()).isEqualTo(1);
  }

  @Test
  void namesOfTheWholeVolumeAreBounded() {
    VolumeMaker maker = new VolumeMaker();
    for (int i = 0; i < 500; i++) {
      maker.file(1, "some-name-" + i, new byte[0]);
    }
    VolumeDump dump = maker.dump().withLimits(DumpLimits.DEFAULT.withIndex(16 << 10));
    assertThatThrownBy(() -> dump.list(entry -> {}))
        .isInstanceOfSatisfying(
            DumpException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LIMIT))
        .hasMessageContaining("names and vnodes need more than the limit of 16384 octets");
  }

  /** Directories that name each other, or themselves, are listed and checked in no time. */
  @Test
  void loopsOfDirectoriesEnd() throws IOException {
    VolumeMaker maker = new VolumeMaker();
    int a = maker.directory(1, "a");
    int b = maker.directory(a, "b");
    maker.entry(b, new DirectoryEntry("again", a, 2));
    maker.entry(b, new DirectoryEntry("self", b, 3));
    maker.file(b, "file", "data");
    VolumeDump dump =
        maker
            .changingEntries(
                entry -> entry.name().equals("a") ? new DirectoryEntry("gone", 99, 99) : entry)
            .dump();
    List<String> paths = new ArrayList<>();
    dump.list(entry -> paths.add(entry.path()));
    assertThat(paths).hasSize(4).allSatisfy(path -> assertThat(path).hasSizeLessThan(40_000));
    assertThat(dump.check().findings())
        .extracting(DumpFinding::problem)
        .contains("no way leads from the root to it", "is a directory with 2 names");
  }

  @Test
  void veryDeepDirectoriesAreListed() throws IOException {
    VolumeMaker maker = new VolumeMaker();
    int at = 1;
    for (int depth = 0; depth < 3000; depth++) {
      at = maker.directory(at, "d");
    }
    maker.file(at, "deep", "x");
    List<String> paths = new ArrayList<>();
    VolumeDump dump = maker.dump();
    dump.list(entry -> paths.add(entry.path()));
    assertThat(paths.get(2000)).hasSize(4000);
    assertThat(paths.getLast()).startsWith("#").endsWith("/d/deep");
    assertThat(dump.check().findings()).isEmpty();
  }

  /** What a name may do to a terminal. */
  @Test
  void namesCanBeShown() {
    assertThat(DumpEntry.printable("a\u001b[2J\n\\\u0085 b\u00fc \udcff\u202e"))
        .isEqualTo("a\\033[2J\\012\\134\\302\\205 b\u00fc \\377\\342\\200\\256");
    assertThat(new String(Character.toChars(0x1f600)))
        .isEqualTo(DumpEntry.printable("\ud83d\ude00"));
  }
}
