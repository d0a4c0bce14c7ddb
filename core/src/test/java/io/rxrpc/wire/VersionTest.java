// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class VersionTest {
  private static final byte[] REQUEST = Vectors.openafs("version").packets().getFirst().udp();
  private static final byte[] REPLY = Vectors.openafs("version").packets().getLast().udp();

  private static MemorySegment marked() {
    byte[] memory = new byte[200];
    Arrays.fill(memory, (byte) 0xa5);
    return MemorySegment.ofArray(memory);
  }

  private static byte[] octets(MemorySegment p, int length) {
    return p.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
  }

  @Test
  void readsWhatOpenAfsSays() {
    MemorySegment p = MemorySegment.ofArray(REPLY);
    assertThat(Packets.check(p)).isEqualTo(Malformed.NONE);
    assertThat(Version.isRequest(p, 0, REPLY.length)).isFalse();
    assertThat(Version.text(p, 0, REPLY.length))
        .isEqualTo("OpenAFS 1.8.9-1+deb12u1-debian 2024-12-25");
    assertThat(REPLY).hasSize(Version.REPLY_LENGTH);
  }

  @Test
  void asksAsOpenAfsDoes() {
    MemorySegment p = marked();
    assertThat(octets(p, Version.writeRequest(p, 0, 0x4d))).isEqualTo(REQUEST);
    assertThat(Version.isRequest(p, 0, REQUEST.length)).isTrue();
  }

  @Test
  void repliesAsOpenAfsDoes() {
    MemorySegment p = marked();
    String text = "OpenAFS 1.8.9-1+deb12u1-debian 2024-12-25";
    int length = Version.writeReply(p, 0, 999, 0, 0x4d, 0, text);
    // but for what OpenAFS leaves behind the text: nothing
    assertThat(octets(p, length)).isEqualTo(REPLY);
  }

  @Test
  @Tag("R-4")
  @DisplayName("R-4: a reply has 65 octets, zero behind any text")
  void replyIsPadded() {
    for (String text : new String[] {"", "x", "y".repeat(64), "z".repeat(65), "w".repeat(1000)}) {
      MemorySegment p = marked();
      assertThat(Version.writeReply(p, 0, 1, 4, 7, 52, text)).isEqualTo(93);
      assertThat(octets(p, 93)).doesNotContain((byte) 0xa5).endsWith((byte) 0);
      assertThat(p.get(ValueLayout.JAVA_BYTE, 93)).isEqualTo((byte) 0xa5);
      assertThat(Version.text(p, 0, 93)).isEqualTo(text.substring(0, Math.min(64, text.length())));
    }
  }

  @Test
  void textIsSafeToPrint() {
    MemorySegment p = marked();
    int length = Version.writeReply(p, 0, 1, 4, 7, 52, "a\u001b[2Jb\u00fc");
    assertThat(Version.text(p, 0, length)).isEqualTo("a?[2Jb?");
    assertThat(Version.text(p, 0, Header.LENGTH)).isEmpty();
  }

  @Test
  @Tag("R-20")
  @DisplayName("R-20: only a VERSION from a client, with a first octet 0, is a question")
  void questions() {
    MemorySegment p = MemorySegment.ofArray(REQUEST.clone());
    assertThat(Version.isRequest(p, 0, Header.LENGTH)).isFalse();
    p.set(ValueLayout.JAVA_BYTE, Header.LENGTH, (byte) 1);
    assertThat(Version.isRequest(p, 0, REQUEST.length)).isFalse();
    p.set(ValueLayout.JAVA_BYTE, Header.LENGTH, (byte) 0);
    Header.setFlags(p, 0, Flags.LAST_PACKET);
    assertThat(Version.isRequest(p, 0, REQUEST.length)).isFalse();
    assertThat(Packets.check(p)).isEqualTo(Malformed.NONE);
  }

  @Test
  void keepaliveIsThatOfLinux() {
    MemorySegment p = marked();
    int length = Version.writeKeepalive(p, 0, 0xb6ac73e9);
    assertThat(HexFormat.of().formatHex(octets(p, length)))
        .isEqualTo("b6ac73e9000000000000000000000000000000000d0400000000000000");
    assertThat(Version.isRequest(p, 0, length)).isFalse();
  }

  @Test
  void whatPrintsBeginsAtTheBlankAndEndsBeforeDelete() {
    MemorySegment p = marked();
    int length = Version.writeReply(p, 0, 1, 4, 7, 52, "\u001f ~\u007f\u0080");
    assertThat(Version.text(p, 0, length)).isEqualTo("? ~??");
    assertThat(p.get(ValueLayout.JAVA_BYTE, Header.LENGTH + 3)).isEqualTo((byte) 0x7f);
    assertThat(p.get(ValueLayout.JAVA_BYTE, Header.LENGTH + 4)).isEqualTo((byte) '?');
  }
}
