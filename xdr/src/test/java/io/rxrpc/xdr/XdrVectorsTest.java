// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.xdr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type's octets, written out by hand. */
class XdrVectorsTest {
  record Row<T>(String octets, T value, XdrEncoder<T> write, XdrDecoder<T> read) {
    @Override
    public String toString() {
      return octets + " is " + value;
    }
  }

  private static <T> Row<T> row(String octets, T value, XdrEncoder<T> write, XdrDecoder<T> read) {
    return new Row<>(octets.replace(" ", ""), value, write, read);
  }

  static Stream<Row<?>> rows() {
    return Stream.of(
        row("00000000", 0, (v, out) -> out.int32(v), in -> in.int32("v")),
        row("ffffffff", -1, (v, out) -> out.int32(v), in -> in.int32("v")),
        row("80000000", Integer.MIN_VALUE, (v, out) -> out.int32(v), in -> in.int32("v")),
        row("7fffffff", Integer.MAX_VALUE, (v, out) -> out.int32(v), in -> in.int32("v")),
        row("0123456789abcdef", 0x0123456789abcdefL, (v, out) -> out.int64(v), in -> in.int64("v")),
        row("8000000000000000", Long.MIN_VALUE, (v, out) -> out.int64(v), in -> in.int64("v")),
        row("ffff8000", Short.MIN_VALUE, (v, out) -> out.int16(v), in -> in.int16("v")),
        row("00007fff", Short.MAX_VALUE, (v, out) -> out.int16(v), in -> in.int16("v")),
        row("0000ffff", 0xffff, (v, out) -> out.uint16("v", v), in -> in.uint16("v")),
        row("ffffff80", Byte.MIN_VALUE, (v, out) -> out.int8(v), in -> in.int8("v")),
        row("0000007f", Byte.MAX_VALUE, (v, out) -> out.int8(v), in -> in.int8("v")),
        row("000000ff", 0xff, (v, out) -> out.uint8("v", v), in -> in.uint8("v")),
        row("00000001", true, (v, out) -> out.bool(v), in -> in.bool("v")),
        row("00000000", false, (v, out) -> out.bool(v), in -> in.bool("v")),
        row("3fc00000", 1.5f, (v, out) -> out.float32(v), in -> in.float32("v")),
        row("3ff8000000000000", 1.5, (v, out) -> out.float64(v), in -> in.float64("v")),
        row(
            "01234567 000089ab 0000cdef ffffff80 00000001 00000002 ffffffff 00000004 00000005"
                + "00000006 00000007",
            UUID.fromString("01234567-89ab-cdef-8001-02ff04050607"),
            (v, out) -> out.uuid(v),
            in -> in.uuid("v")),
        row("", Octets.EMPTY, (v, out) -> out.opaque("v", 0, v), in -> in.opaque("v", 0)),
        row(
            "ff000000",
            Octets.ofHex("ff"),
            (v, out) -> out.opaque("v", 1, v),
            in -> in.opaque("v", 1)),
        row(
            "0102030405 000000",
            Octets.ofHex("0102030405"),
            (v, out) -> out.opaque("v", 5, v),
            in -> in.opaque("v", 5)),
        row(
            "00000003 010203 00",
            Octets.ofHex("010203"),
            (v, out) -> out.opaqueUpTo("v", 3, v),
            in -> in.opaqueUpTo("v", 3)),
        row("00000000", "", (v, out) -> out.string("v", 0, v), in -> in.string("v", 0)),
        row(
            "00000004 726f6f74",
            "root",
            (v, out) -> out.string("v", 4, v),
            in -> in.string("v", 4)),
        row(
            "00000002 c3a9 0000",
            "\u00e9",
            (v, out) -> out.string("v", 2, v),
            in -> in.string("v", 2)),
        row(
            "00000001 e9 000000",
            "\udce9",
            (v, out) -> out.string("v", 1, v),
            in -> in.string("v", 1)),
        row(
            "00000061 00000062 00000000",
            "ab",
            (v, out) -> out.chars("v", 3, v),
            in -> in.chars("v", 3)),
        row(
            "00000061 00000000 00000062 00000000",
            "a\0b",
            (v, out) -> out.chars("v", 4, v),
            in -> in.chars("v", 4)),
        row(
            "ffffffc3 ffffffa9 ffffffff",
            "\u00e9\udcff",
            (v, out) -> out.chars("v", 3, v),
            in -> in.chars("v", 3)),
        row(
            "00000002 00000061 00000000",
            "a\0",
            (v, out) -> out.charsUpTo("v", 2, v),
            in -> in.charsUpTo("v", 2)),
        row(
            "00000061 000000ff",
            Octets.ofHex("61ff"),
            (v, out) -> out.uint8s("v", 2, v),
            in -> in.uint8s("v", 2)),
        row(
            "00000001 000000ff",
            Octets.ofHex("ff"),
            (v, out) -> out.uint8sUpTo("v", 2, v),
            in -> in.uint8sUpTo("v", 2)),
        row(
            "00000001 ffffffff",
            Ints.of(1, -1),
            (v, out) -> out.ints("v", 2, v),
            in -> in.ints("v", 2)),
        row(
            "00000002 00000001 ffffffff",
            Ints.of(1, -1),
            (v, out) -> out.intsUpTo("v", 2, v),
            in -> in.intsUpTo("v", 2)),
        row(
            "0000000000000001 ffffffffffffffff",
            Longs.of(1, -1),
            (v, out) -> out.longs("v", 2, v),
            in -> in.longs("v", 2)),
        row(
            "00000001 0000000000000001",
            Longs.of(1),
            (v, out) -> out.longsUpTo("v", 2, v),
            in -> in.longsUpTo("v", 2)),
        row(
            "00000002 00000001 00000000",
            List.of(true, false),
            (v, out) -> out.listUpTo("v", 2, v, (e, to) -> to.bool(e)),
            in -> in.listUpTo("v", 2, e -> e.bool(""))),
        row(
            "00000001 61000000 00000001 62000000",
            List.of("a", "b"),
            (v, out) -> out.list("v", 2, v, (e, to) -> to.string("", 1, e)),
            in -> in.list("v", 2, e -> e.string("", 1))),
        row(
            "00000000",
            Optional.<Integer>empty(),
            (v, out) -> out.optional("v", v, (e, to) -> to.int32(e)),
            in -> in.optional("v", e -> e.int32(""))),
        row(
            "00000001 00000007",
            Optional.of(7),
            (v, out) -> out.optional("v", v, (e, to) -> to.int32(e)),
            in -> in.optional("v", e -> e.int32(""))),
        row(
            "00000000",
            List.<Integer>of(),
            (v, out) -> out.chain("v", v, (e, to) -> to.int32(e)),
            in -> in.chain("v", e -> e.int32(""))),
        row(
            "00000001 00000007 00000001 00000008 00000000",
            List.of(7, 8),
            (v, out) -> out.chain("v", v, (e, to) -> to.int32(e)),
            in -> in.chain("v", e -> e.int32(""))),
        row(
            "00000007 00000001 00000008 00000000",
            List.of(7, 8),
            (v, out) -> out.chainFrom("v", v, (e, to) -> to.int32(e)),
            in -> in.chainFrom("v", e -> e.int32(""))));
  }

  @ParameterizedTest
  @MethodSource("rows")
  @Tag("R-85")
  <T> void writes(Row<T> row) throws IOException {
    XdrWriter memory = new XdrWriter(1);
    row.write.encode(row.value, memory);
    assertThat(HexFormat.of().formatHex(memory.toByteArray())).isEqualTo(row.octets);
    assertThat(memory.offset()).isEqualTo(row.octets.length() / 2);
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    XdrWriter stream = XdrWriter.to(sink);
    row.write.encode(row.value, stream);
    stream.flush();
    assertThat(sink.toByteArray()).isEqualTo(memory.toByteArray());
  }

  @ParameterizedTest
  @MethodSource("rows")
  <T> void reads(Row<T> row) throws IOException {
    byte[] octets = HexFormat.of().parseHex(row.octets);
    XdrReader memory = XdrReader.of(octets);
    assertThat(row.read.decode(memory)).isEqualTo(row.value);
    memory.end("v");
    XdrReader stream = XdrReader.of(new ByteArrayInputStream(octets), XdrLimits.DEFAULT);
    assertThat(row.read.decode(stream)).isEqualTo(row.value);
    stream.end("v");
    assertThat(stream.offset()).isEqualTo(octets.length);
  }

  /** Every prefix of a value is refused, by memory and by a stream: nothing is read twice. */
  @ParameterizedTest
  @MethodSource("rows")
  @Tag("R-82")
  <T> void refusesWhatIsCutShort(Row<T> row) {
    byte[] octets = HexFormat.of().parseHex(row.octets);
    for (int n = 0; n < octets.length; n++) {
      byte[] cut = java.util.Arrays.copyOf(octets, n);
      assertThat(Thrown.of(() -> row.read.decode(XdrReader.of(cut))).reason())
          .isEqualTo(XdrException.Reason.END);
      assertThat(
              Thrown.of(
                      () ->
                          row.read.decode(
                              XdrReader.of(new ByteArrayInputStream(cut), XdrLimits.DEFAULT)))
                  .reason())
          .isEqualTo(XdrException.Reason.END);
    }
  }
}
