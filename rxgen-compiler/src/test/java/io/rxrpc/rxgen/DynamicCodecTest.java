// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.rxrpc.rxgen.model.DeclaredProcedure;
import io.rxrpc.rxgen.model.Description;
import io.rxrpc.rxgen.model.Type;
import io.rxrpc.rxgen.value.DynamicCodec;
import io.rxrpc.rxgen.value.ValueException;
import io.rxrpc.xdr.XdrException;
import io.rxrpc.xdr.XdrReader;
import io.rxrpc.xdr.XdrWriter;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values by their description alone. */
class DynamicCodecTest {
  private static final Description TYPES =
      Descriptions.good(
          """
          enum kind { A, B = 7 };
          struct point { int x; int y; };
          struct named { string name<4>; point at; };
          struct node { int value; node *next; };
          typedef node *chain;
          union either switch (int which) { case 1: int number; case 2: void; };
          union many switch (kind k) { case A: point at; default: string why<9>; };
          union truth switch (bool is) { case TRUE: int number; case FALSE: void; };
          typedef char name[4];
          typedef char letters<4>;
          typedef unsigned char bytes[2];
          typedef unsigned char some<2>;
          typedef int ints[2];
          typedef unsigned int words<2>;
          typedef hyper hypers[1];
          typedef uint64 longs<1>;
          typedef short shorts<2>;
          typedef opaque exact[3];
          typedef opaque upto<3>;
          typedef string text<3>;
          typedef point *maybe;
          typedef maybe maybes<2>;
          typedef kind kinds<2>;
          typedef uint32 u32; typedef uint64 u64; typedef afs_int64 i64; typedef u_short u16;
          typedef u_char u8; typedef short i16; typedef char i8; typedef int i32; typedef bool flag;
          typedef float real; typedef double large; typedef afsUUID id;
          package T_
          Put(IN named *what, INOUT int *count, OUT string old<8>) = 1;
          """);

  private static final DynamicCodec CODEC = DynamicCodec.of(TYPES);

  static Stream<Arguments> values() {
    return Stream.of(
        arguments("i32", -1L, "ffffffff"),
        arguments("u32", 4294967295L, "ffffffff"),
        arguments("i64", Long.MIN_VALUE, "8000000000000000"),
        arguments("u64", new BigInteger("18446744073709551615"), "ffffffffffffffff"),
        arguments("i16", -32768L, "ffff8000"),
        arguments("u16", 65535L, "0000ffff"),
        arguments("i8", -128L, "ffffff80"),
        arguments("u8", 255L, "000000ff"),
        arguments("flag", true, "00000001"),
        arguments("real", 1.5, "3fc00000"),
        arguments("large", -2.0, "c000000000000000"),
        arguments("kind", "B", "00000007"),
        arguments("kind", 9L, "00000009"),
        arguments("text", "abc", "0000000361626300"),
        arguments("exact", "010203", "01020300"),
        arguments("upto", "0102", "0000000201020000"),
        arguments("name", "ab", "00000061000000620000000000000000"),
        arguments("letters", "ab", "000000020000006100000062"),
        arguments("bytes", "00ff", "00000000000000ff"),
        arguments("some", "ff", "00000001000000ff"),
        arguments("ints", List.of(1L, -1L), "00000001ffffffff"),
        arguments("words", List.of(4294967295L), "00000001ffffffff"),
        arguments("hypers", List.of(-1L), "ffffffffffffffff"),
        arguments("longs", List.of(1L), "000000010000000000000001"),
        arguments("shorts", List.of(-1L, 2L), "00000002ffffffff00000002"),
        arguments("kinds", List.of("A", "B"), "000000020000000000000007"),
        arguments("point", Map.of("x", 1L, "y", 2L), "0000000100000002"),
        arguments("maybe", Map.of("x", 1L, "y", 2L), "000000010000000100000002"),
        arguments("chain", List.of(), "00000000"),
        arguments(
            "chain",
            List.of(Map.of("value", 5L), Map.of("value", 6L)),
            "0000000100000005000000010000000600000000"),
        arguments("node", List.of(Map.of("value", 5L)), "0000000500000000"),
        arguments("either", Map.of("which", 1L, "number", 4L), "0000000100000004"),
        arguments("either", Map.of("which", 2L), "00000002"),
        arguments("many", Map.of("k", "B", "why", "x"), "000000070000000178000000"),
        arguments("many", Map.of("k", 9L, "why", "x"), "000000090000000178000000"),
        arguments("truth", Map.of("is", true, "number", 4L), "0000000100000004"),
        arguments("truth", Map.of("is", false), "00000000"),
        arguments(
            "named",
            Map.of("name", "ab", "at", Map.of("x", 1L, "y", 2L)),
            "00000002616200000000000100000002"),
        arguments(
            "id",
            "00112233-4455-6677-8899-aabbccddeeff",
            "001122330000445500006677ffffff88ffffff99"
                + "ffffffaaffffffbbffffffccffffffddffffffeeffffffff"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void areWrittenAndRead(String type, Object value, String hex) throws Exception {
    assertThat(encode(type, value)).isEqualTo(hex);
    assertThat(CODEC.decode(new Type.Named(type), reader(hex))).isEqualTo(value);
  }

  private static String encode(String type, Object value) throws Exception {
    XdrWriter out = new XdrWriter();
    CODEC.encode(new Type.Named(type), value, out);
    return HexFormat.of().formatHex(out.toByteArray());
  }

  private static XdrReader reader(String hex) {
    return XdrReader.of(HexFormat.of().parseHex(hex));
  }

  @Test
  void scalarsMayBeText() throws Exception {
    assertThat(encode("i32", "-0005")).isEqualTo("fffffffb");
    assertThat(encode("u32", "0xffffffff")).isEqualTo("ffffffff");
    assertThat(encode("i64", 5.0)).isEqualTo("0000000000000005");
    assertThat(encode("flag", "false")).isEqualTo("00000000");
    assertThat(encode("kind", "7")).isEqualTo("00000007");
    assertThat(encode("large", "1e3")).isEqualTo("408f400000000000");
  }

  @Test
  void anElementMayBeAbsent() throws Exception {
    String hex = "000000020000000000000001" + "0000000100000002";
    Object value = CODEC.decode(new Type.Named("maybes"), reader(hex));
    assertThat(encode("maybes", value)).isEqualTo(hex);
    assertThat(encode("maybes", Arrays.asList(null, Map.of("x", 1, "y", 2)))).isEqualTo(hex);
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        arguments("i32", 2147483648L, "2147483648 is outside -2147483648..2147483647"),
        arguments("u32", -1, "-1 is outside 0..4294967295"),
        arguments("u8", 256, "256 is outside 0..255"),
        arguments("i32", 1.5, "expected a whole number, found 1.5"),
        arguments("i32", "x", "expected a whole number, found 'x'"),
        arguments("real", 1e300, "1.0E300 is beyond the range of a float"),
        arguments("real", "-1e39", "'-1e39' is beyond the range of a float"),
        arguments("i32", null, "expected a whole number, found nothing"),
        arguments("i32", List.of(), "expected a whole number, found a list"),
        arguments("flag", 2, "expected true or false, found 2"),
        arguments("kind", "C", "'C' is none of A, B"),
        arguments("id", "x", "expected a UUID, found 'x'"),
        arguments("text", "abcd", "4 octets, where 3 is the most"),
        arguments("text", 5, "expected a string, found 5"),
        arguments("exact", "0102", "2 octets, where there must be 3"),
        arguments("upto", "01020304", "4 octets, where 3 is the most"),
        arguments("upto", "0g", "expected octets as pairs of hexadecimal digits, found '0g'"),
        arguments("name", "abcde", "5 octets, where 4 is the most"),
        arguments("ints", List.of(1), "1 elements, where there must be 2"),
        arguments("words", List.of(1, 2, 3), "3 elements, where 2 is the most"),
        arguments("words", List.of(1, -2), "[1]: -2 is outside 0..4294967295"),
        arguments("point", Map.of("x", 1), "y: this field of point is missing"),
        arguments("point", Map.of("x", 1, "y", 1, "z", 1), "z: point has no such field"),
        arguments("point", 1, "expected an object with the fields of point, found 1"),
        arguments(
            "named",
            Map.of("name", "abcde", "at", Map.of("x", 1, "y", 2)),
            "name: 5 octets, where 4 is the most"),
        arguments(
            "named",
            Map.of("name", "a", "at", Map.of("x", "one", "y", 2)),
            "at.x: expected a whole number, found 'one'"),
        arguments(
            "chain", List.of(Map.of("value", 1), Map.of()), "[1].value: this field of node is"),
        arguments("node", List.of(), "no element, where one is the least"),
        arguments("either", Map.of("number", 1), "which: the discriminator of either is missing"),
        arguments("either", Map.of("which", 3), "which: either has no arm for 3"),
        arguments("either", Map.of("which", 1), "number: this arm of either is missing"),
        arguments("either", Map.of("which", 2, "number", 1), "number: this arm of either has no"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void whatDoesNotFitIsRefusedWithItsName(String type, Object value, String message) {
    assertThatThrownBy(() -> encode(type, value))
        .isInstanceOf(ValueException.class)
        .message()
        .contains(message);
  }

  private static DeclaredProcedure put() {
    return TYPES.packages().getFirst().procedure("Put");
  }

  @Test
  void parametersGoByTheirNames() throws Exception {
    Map<String, Object> values =
        Map.of("what", Map.of("name", "n", "at", Map.of("x", 1L, "y", 2L)), "count", 3L);
    XdrWriter out = new XdrWriter();
    CODEC.encodeRequest(put(), values, out);
    assertThat(CODEC.decodeRequest(put(), XdrReader.of(out.toByteArray()))).isEqualTo(values);

    XdrWriter reply = new XdrWriter();
    CODEC.encodeReply(put(), Map.of("count", 4L, "old", "was"), reply);
    assertThat(CODEC.decodeReply(put(), XdrReader.of(reply.toByteArray())))
        .isEqualTo(Map.of("count", 4L, "old", "was"));
  }

  @Test
  void aMissingOrUnknownParameterIsRefusedWithItsName() {
    assertThatThrownBy(() -> CODEC.encodeRequest(put(), Map.of("count", 1), new XdrWriter()))
        .hasMessage("what: this parameter of Put is missing: named");
    assertThatThrownBy(() -> CODEC.encodeRequest(put(), Map.of("other", 1), new XdrWriter()))
        .hasMessage("other: Put has no such parameter; it takes what, count");
    assertThatThrownBy(
            () ->
                CODEC.encodeRequest(
                    put(),
                    Map.of("what", Map.of("name", "toolong", "at", Map.of()), "count", 1),
                    new XdrWriter()))
        .message()
        .startsWith("what.name: ");
  }

  @Test
  void whatCannotBeReadHasAPath() {
    assertThatThrownBy(() -> CODEC.decodeRequest(put(), reader("00000001610000000000000100000002")))
        .isInstanceOf(XdrException.class)
        .message()
        .contains("count");
  }
}
