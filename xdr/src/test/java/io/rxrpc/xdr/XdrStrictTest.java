// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.xdr;

import static io.rxrpc.xdr.XdrException.Reason.DEPTH;
import static io.rxrpc.xdr.XdrException.Reason.LENGTH;
import static io.rxrpc.xdr.XdrException.Reason.PADDING;
import static io.rxrpc.xdr.XdrException.Reason.TEXT;
import static io.rxrpc.xdr.XdrException.Reason.TRAILING;
import static io.rxrpc.xdr.XdrException.Reason.VALUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, and what is not. */
class XdrStrictTest {
  private static XdrReader reader(String hex) {
    return reader(hex, XdrLimits.DEFAULT);
  }

  private static XdrReader reader(String hex, XdrLimits limits) {
    return XdrReader.of(HexFormat.of().parseHex(hex.replace(" ", "")), limits);
  }

  @ParameterizedTest
  @ValueSource(strings = {"00000002", "ffffffff", "01000000", "80000000"})
  @Tag("R-89")
  void aBooleanIsZeroOrOne(String word) {
    XdrException e = Thrown.of(() -> reader("00000000" + word).list("flags", 2, in -> in.bool("")));
    assertThat(e.reason()).isEqualTo(VALUE);
    assertThat(e.path()).isEqualTo("flags[1]");
    assertThat(e.offset()).isEqualTo(4);
    assertThat(Thrown.of(() -> reader(word).optional("next", in -> 1)).reason()).isEqualTo(VALUE);
    assertThat(Thrown.of(() -> reader(word).chain("list", in -> 1)).reason()).isEqualTo(VALUE);
  }

  @Test
  @Tag("R-89")
  void aDiscriminantWithoutAnArmIsRefused() {
    XdrException e =
        Thrown.of(
            () -> {
              XdrReader in = reader("00000000 00000007");
              in.int32("before");
              throw in.noSuchArm("status", in.int32("status"));
            });
    assertThat(e).hasMessage("status, octet 4: there is no arm for 7");
  }

  @Test
  void shortNumbersKeepTheirLowBits() throws IOException {
    XdrReader in = reader("12348001 1234ffff 12345680 123456ff");
    assertThat(in.int16("s")).isEqualTo((short) 0x8001);
    assertThat(in.uint16("u")).isEqualTo(0xffff);
    assertThat(in.int8("c")).isEqualTo((byte) 0x80);
    assertThat(in.uint8("uc")).isEqualTo(0xff);
  }

  @Test
  @Tag("R-81")
  void aStringHasNoNul() {
    XdrException read = Thrown.of(() -> reader("00000003 61006200").string("name", 9));
    assertThat(read.reason()).isEqualTo(TEXT);
    assertThat(read.offset()).isEqualTo(5);
    XdrWriter out = new XdrWriter();
    XdrException written =
        Thrown.of(
            () -> {
              out.string("name", 9, "a\0b");
              return out;
            });
    assertThat(written.reason()).isEqualTo(TEXT);
  }

  @Test
  void loneSurrogatesThatStandForNothingAreNotWritten() {
    for (String bad : List.of("\ud800", "a\ud83d", "\udc00", "\udc7f", "\udd00", "\ud800\ud800")) {
      XdrException e =
          Thrown.of(
              () -> {
                new XdrWriter().charsUpTo("name", 99, bad);
                return bad;
              });
      assertThat(e.reason()).isEqualTo(TEXT);
    }
  }

  @Test
  void paddingIsLookedAtOnRequest() throws IOException {
    assertThat(reader("000000 01".replace(" ", "")).opaque("x", 3))
        .isEqualTo(Octets.ofHex("000000"));
    XdrLimits strict = XdrLimits.DEFAULT.withZeroPadding(true);
    XdrException e = Thrown.of(() -> reader("00000001 61000100", strict).string("x", 9));
    assertThat(e.reason()).isEqualTo(PADDING);
    assertThat(e.offset()).isEqualTo(6);
    assertThat(reader("00000001 61000000", strict).string("x", 9)).isEqualTo("a");
  }

  @Test
  @Tag("R-88")
  void whatFollowsIsRefusedWhereNothingMay() throws IOException {
    XdrReader in = reader("00000001 00");
    in.int32("x");
    assertThat(Thrown.of(() -> refuse(in)).reason()).isEqualTo(TRAILING);
    XdrType<Integer> type =
        new XdrType<>("number", r -> r.int32(""), (value, out) -> out.int32(value));
    assertThat(Thrown.of(() -> type.decode(new byte[8])).reason()).isEqualTo(TRAILING);
    assertThat(type.decode(new byte[4])).isZero();
  }

  private static Object refuse(XdrReader in) throws IOException {
    in.end("");
    return in;
  }

  @Test
  @Tag("R-82")
  void fixedSizesAreExact() {
    XdrWriter out = new XdrWriter();
    assertThat(Thrown.of(() -> write(() -> out.opaque("x", 3, Octets.ofHex("01")))).reason())
        .isEqualTo(LENGTH);
    assertThat(Thrown.of(() -> write(() -> out.ints("x", 3, Ints.of(1, 2, 3, 4)))).reason())
        .isEqualTo(LENGTH);
    assertThat(Thrown.of(() -> write(() -> out.longs("x", 3, Longs.of(1)))).reason())
        .isEqualTo(LENGTH);
    assertThat(Thrown.of(() -> write(() -> out.uint8s("x", 1, Octets.EMPTY))).reason())
        .isEqualTo(LENGTH);
    assertThat(Thrown.of(() -> write(() -> out.chars("x", 1, "\u00e9"))).reason())
        .isEqualTo(LENGTH);
    assertThat(Thrown.of(() -> write(() -> out.list("x", 1, List.of(), (e, to) -> {}))).reason())
        .isEqualTo(LENGTH);
    assertThat(Thrown.of(() -> write(() -> out.chainFrom("x", List.of(), (e, to) -> {}))).reason())
        .isEqualTo(LENGTH);
    assertThat(out.offset()).isZero();
  }

  @Test
  @Tag("R-80")
  void boundsHoldWhenWritingToo() {
    XdrWriter out = new XdrWriter();
    assertThat(Thrown.of(() -> write(() -> out.string("x", 1, "\u00e9"))))
        .hasMessage("x, octet 0: 2 octets, where 1 is the most");
    assertThat(Thrown.of(() -> write(() -> out.opaqueUpTo("x", 1, Octets.ofHex("0102")))).reason())
        .isEqualTo(LENGTH);
    assertThat(Thrown.of(() -> write(() -> out.intsUpTo("x", 1, Ints.of(1, 2)))).reason())
        .isEqualTo(LENGTH);
    assertThat(Thrown.of(() -> write(() -> out.longsUpTo("x", 1, Longs.of(1, 2)))).reason())
        .isEqualTo(LENGTH);
    assertThat(
            Thrown.of(
                    () -> write(() -> out.listUpTo("x", 1, List.of(1, 2), (e, to) -> to.int32(e))))
                .reason())
        .isEqualTo(LENGTH);
    assertThat(Thrown.of(() -> write(() -> out.uint16("x", 65536))).reason()).isEqualTo(VALUE);
    assertThat(Thrown.of(() -> write(() -> out.uint8("x", -1))).reason()).isEqualTo(VALUE);
    assertThat(out.offset()).isZero();
  }

  interface Write {
    void run() throws IOException;
  }

  private static Object write(Write write) throws IOException {
    write.run();
    return write;
  }

  private record Tree(Optional<Tree> left, Optional<Tree> right) {
    static Tree decode(XdrReader in) throws IOException {
      return new Tree(in.optional("left", Tree::decode), in.optional("right", Tree::decode));
    }
  }

  @Test
  void nestingHasAnEnd() throws IOException {
    byte[] hostile = new byte[4 << 20];
    for (int i = 3; i < hostile.length; i += 4) {
      hostile[i] = 1;
    }
    XdrException e = Thrown.of(() -> Tree.decode(XdrReader.of(hostile)));
    assertThat(e.reason()).isEqualTo(DEPTH);
    assertThat(e.path()).startsWith("left.left.").contains("...").hasSizeLessThan(300);
    assertThatIllegalArgumentException().isThrownBy(() -> XdrLimits.DEFAULT.withDepth(501));
    Tree three = Tree.decode(reader("00000001 00000001 00000000 00000000 00000000 00000000"));
    assertThat(three.left().orElseThrow().left()).isPresent();
  }

  @Test
  void aReaderThatHasFailedInsideGoesBackToItsDepth() throws IOException {
    XdrLimits flat = XdrLimits.DEFAULT.withDepth(1);
    XdrReader in = reader("00000001 00000002 00000003", flat);
    for (int i = 0; i < 3; i++) {
      int read = in.struct("x", r -> r.int32("y"));
      assertThat(read).isEqualTo(i + 1);
    }
  }
}
