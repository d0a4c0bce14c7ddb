// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.afs.dump.DumpException.Reason;
import io.rxrpc.xdr.Ints;
import io.rxrpc.xdr.Octets;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every tag of every section, and how what nobody knows is kept. */
class DumpTagsTest {
  private static final String BEGIN = "01b3a1132200000001";
  private static final String END = "043a214b6e";

  private static DumpReader reading(String hex) {
    return DumpReader.of(new ByteArrayInputStream(HexFormat.of().parseHex(hex)));
  }

  private static String dump(Section section, String fields) {
    return switch (section) {
      case HEADER -> BEGIN + fields + "02" + END;
      case VOLUME -> BEGIN + "02" + fields + END;
      case VNODE -> BEGIN + "02" + "030000000400000009" + fields + END;
    };
  }

  private static DumpFields fields(Section section, String hex) throws IOException {
    DumpReader in = reading(dump(section, hex));
    DumpFields header = ((DumpHeader) in.next()).fields();
    DumpFields volume = ((VolumeHeader) in.next()).fields();
    return switch (section) {
      case HEADER -> header;
      case VOLUME -> volume;
      case VNODE -> ((VnodeHeader) in.next()).fields();
    };
  }

  private static String again(String hex) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DumpWriter.to(out).copy(reading(hex));
    return HexFormat.of().formatHex(out.toByteArray());
  }

  @ParameterizedTest
  @EnumSource(HeaderTag.class)
  void everyTagOfTheDumpsHeader(HeaderTag tag) throws IOException {
    known(Section.HEADER, tag);
  }

  @ParameterizedTest
  @EnumSource(VolumeTag.class)
  void everyTagOfTheVolumesHeader(VolumeTag tag) throws IOException {
    known(Section.VOLUME, tag);
  }

  @ParameterizedTest
  @EnumSource(
      value = VnodeTag.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"DATA", "LONG_DATA"})
  void everyTagOfAVnode(VnodeTag tag) throws IOException {
    known(Section.VNODE, tag);
  }

  private static void known(Section section, DumpTag tag) throws IOException {
    DumpField made =
        switch (tag.layout()) {
          case U8 -> tag.of(0xf1);
          case U16 -> tag.of(0xf123);
          case U32 -> tag.of(0xf1234567L);
          case TEXT -> tag.of("b\u00fcro \udc80");
          case WORDS -> tag.of(Ints.of(1, -2, 3));
          case ACL -> tag.of(VolumeMaker.ACL);
          default -> throw new AssertionError(tag);
        };
    String value =
        switch (tag.layout()) {
          case U8 -> "f1";
          case U16 -> "f123";
          case U32 -> "f1234567";
          case TEXT -> "62c3bc726f208000";
          case WORDS -> "000300000001fffffffe00000003";
          default -> VolumeMaker.ACL.toOctets().toHex();
        };
    String hex = HexFormat.of().toHexDigits((byte) tag.tag()) + value;
    DumpFields read = fields(section, hex);
    assertThat(read).isEqualTo(DumpFields.of(made));
    assertThat(read.find(tag)).contains(made);
    switch (tag.layout()) {
      case TEXT -> assertThat(read.text(tag)).isEqualTo("b\u00fcro \udc80");
      case WORDS -> assertThat(read.words(tag)).isEqualTo(Ints.of(1, -2, 3));
      case ACL -> assertThat(DumpAcl.parse(made.value())).isEqualTo(VolumeMaker.ACL);
      default -> assertThat(read.number(tag)).hasValue(Long.parseLong(value, 16));
    }
    assertThat(again(dump(section, hex))).isEqualTo(dump(section, hex));
  }

  @ParameterizedTest
  @CsvSource({"f, 6600000003616263", "h, 680000000000000003616263"})
  void bothTagsOfData(String tag, String hex) throws IOException {
    DumpReader in = reading(dump(Section.VNODE, hex));
    in.next();
    in.next();
    in.next();
    assertThat(in.next()).isEqualTo(new VnodeData(3, tag.equals("h")));
    assertThat(in.data().readAllBytes()).asString().isEqualTo("abc");
    assertThat(again(dump(Section.VNODE, hex))).isEqualTo(dump(Section.VNODE, hex));
  }

  @Test
  void lengthsOfDataAreUnsigned() throws IOException {
    DumpReader in = reading(dump(Section.VNODE, "66ffffffff"));
    in.next();
    in.next();
    in.next();
    assertThat(in.next()).isEqualTo(new VnodeData(0xffffffffL, false));
    assertThat(VnodeData.of(0xffffffffL).wide()).isFalse();
    assertThat(VnodeData.of(0x100000000L).wide()).isTrue();
  }

  /** Of each tag that has no meaning the length is known by its range, in every section. */
  @ParameterizedTest
  @EnumSource(Section.class)
  void everyUnknownTagIsKept(Section section) throws IOException {
    List<DumpField> expected = new ArrayList<>();
    StringBuilder hex = new StringBuilder();
    for (int tag = 0x15; tag < 0x80; tag++) {
      if (section.known(tag) != null) {
        continue;
      }
      String digits = HexFormat.of().toHexDigits((byte) tag);
      if (tag <= 0x60) {
        hex.append(digits).append("03112233");
        expected.add(DumpField.unknown(tag, Octets.ofHex("112233")));
      } else if (tag <= 0x7a) {
        hex.append(digits).append("11223344");
        expected.add(DumpField.unknown(tag, Octets.ofHex("11223344")));
      } else {
        hex.append(digits);
        expected.add(DumpField.unknown(tag, Octets.EMPTY));
      }
    }
    assertThat(fields(section, hex.toString()).all()).isEqualTo(expected);
    assertThat(again(dump(section, hex.toString()))).isEqualTo(dump(section, hex.toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"03", "8103", "820003", "8400000003", "880000000000000003", "00", "8100"})
  void aLengthMayTakeMoreOctetsThanItNeeds(String length) throws IOException {
    String data = length.endsWith("3") ? "aabbcc" : "";
    String hex = "20" + length + data;
    DumpFields read = fields(Section.VOLUME, hex);
    assertThat(read.all()).hasSize(1);
    assertThat(read.all().getFirst().data()).isEqualTo(Octets.ofHex(data));
    assertThat(again(dump(Section.VOLUME, hex))).isEqualTo(dump(Section.VOLUME, hex));
  }

  @Test
  void aLongUnknownValueIsKept() throws IOException {
    DumpField made = DumpField.unknown(0x20, Octets.of(new byte[70_000]));
    assertThat(made.value().toHex()).startsWith("83011170");
    DumpFields read = fields(Section.VNODE, "20" + made.value().toHex());
    assertThat(read).isEqualTo(DumpFields.of(made));
  }

  @ParameterizedTest
  @ValueSource(strings = {"00", "02", "05", "14"})
  void sectionsThatThereAreNotAreRefused(String tag) {
    String hex = BEGIN + "02" + tag + "00000000";
    DumpReader in = reading(hex);
    assertThatThrownBy(
            () -> {
              in.next();
              in.next();
              in.next();
            })
        .isInstanceOfSatisfying(
            DumpException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.SECTION);
              assertThat(e.offset()).isEqualTo(10);
            });
  }

  @ParameterizedTest
  @EnumSource(Section.class)
  void tagsFromEightyHexOnAreRefused(Section section) {
    for (String tag : List.of("80", "a5", "ff")) {
      assertThatThrownBy(() -> fields(section, tag + "00000000"))
          .isInstanceOfSatisfying(
              DumpException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TAG))
          .hasMessageContaining("tag 0x" + tag + " in " + section.what());
    }
  }

  /** It is kept, but nobody may act on a dump without knowing what it means. */
  @ParameterizedTest
  @EnumSource(Section.class)
  void whatIsCriticalAndNotKnownIsCopiedButNotListed(Section section) throws IOException {
    String hex = dump(section, "7e" + "2000");
    assertThat(again(hex)).isEqualTo(hex);
    VolumeDump dump = VolumeDump.of(DumpSource.of(HexFormat.of().parseHex(hex)));
    assertThatThrownBy(() -> dump.list(entry -> {}))
        .isInstanceOf(DumpException.class)
        .hasMessageContaining("tag 0x20 in " + section.what() + " is marked as critical");
    assertThat(dump.check().findings())
        .anySatisfy(f -> assertThat(f.problem()).contains("tag 0x20", "critical"));
  }

  @ParameterizedTest
  @EnumSource(Section.class)
  void whatIsCriticalAndKnownIsFine(Section section) throws IOException {
    String name = section == Section.VNODE ? "740100" : "6e7800";
    String hex = dump(section, "7e" + (section == Section.VNODE ? name.substring(0, 4) : name));
    VolumeDump.of(DumpSource.of(HexFormat.of().parseHex(hex))).list(entry -> {});
    assertThat(again(hex)).isEqualTo(hex);
  }

  @Test
  void theLastOfEqualTagsCounts() throws IOException {
    DumpFields read = fields(Section.VOLUME, "6e6100" + "6e6200");
    assertThat(read.text(VolumeTag.NAME)).isEqualTo("b");
    assertThat(read.with(VolumeTag.NAME.of("c"))).isEqualTo(DumpFields.of(VolumeTag.NAME.of("c")));
  }

  @Test
  void valuesThatATagHasNoRoomForAreRefused() {
    assertThatThrownBy(() -> VnodeTag.TYPE.of(256)).hasMessageContaining("no room for 256");
    assertThatThrownBy(() -> VnodeTag.OWNER.of(-1)).hasMessageContaining("no room for -1");
    assertThatThrownBy(() -> VnodeTag.OWNER.of("x")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> VolumeTag.NAME.of(1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> VolumeTag.NAME.of("a\0b"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DumpField(3, FieldLayout.EMPTY, Octets.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DumpField.unknown(0x70, Octets.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
