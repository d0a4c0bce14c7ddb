// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class PacketTextTest {
  private static String line(MemorySegment p) {
    return PacketText.line(p, 0, (int) p.byteSize());
  }

  private static String openafs(String vector, int packet) {
    return line(MemorySegment.ofArray(Vectors.openafs(vector).packets().get(packet).udp()));
  }

  @Test
  void data() {
    MemorySegment p =
        Packets.hex("9b932298 6b8f1236 00000007 00000001 00000003 01 07 00 00 0000 0034 00000202");
    assertThat(line(p))
        .isEqualTo("DATA cid 6b8f1234.2 call 7 seq 1 serial 3 [client,last,req-ack] svc 52 len 4");
    assertThat(openafs("jumbo of two", 0))
        .isEqualTo(
            "DATA cid 0f620670.0 call 1 seq 1 serial 1 [client,jumbo] svc 1234 len 1412+4 last");
    assertThat(openafs("service upgrade userStatus=1", 0)).contains("[client,last] user 1 svc");
  }

  @Test
  void ack() {
    assertThat(openafs("out of order seq2 first", 1))
        .isEqualTo(
            "ACK cid 0f620670.0 call 1 serial 1 [slow-start-ok] first 1 prev 2 serial 1"
                + " OUT_OF_SEQUENCE nacks 2 [-+] mtu 5692/1444 rwind 16 jumbo 4");
    MemorySegment p = Packets.of(PacketType.ACK, 0, 1, 0, Ack.MAX_LENGTH);
    Ack.write(p, 0, 1, 0, 0, AckReason.PING, 0);
    int length = Ack.writeTrailer(p, 0, 0, 1444, 1444, 32, 0);
    assertThat(PacketText.line(p, 0, length - 4)).endsWith("nacks 0 mtu 1444/1444 rwind 32");
    assertThat(PacketText.line(p, 0, length - 8)).endsWith("nacks 0 mtu 1444/1444");
    assertThat(PacketText.line(p, 0, length - 12)).endsWith("PING nacks 0");
    assertThat(PacketText.line(p, 0, length + 9)).endsWith("rwind 32 jumbo 0 fill 9");
  }

  @Test
  void others() {
    // OpenAFS 1.8.9 puts the service id where the checksum belongs
    assertThat(openafs("unknown service", 1))
        .isEqualTo("ABORT cid 0f620670.0 call 1 sum 10e1 RX_INVALID_OPERATION -2");
    assertThat(openafs("abort at call level by server", 1))
        .isEqualTo("ABORT cid 0f620670.0 call 1 serial 1 code 4711");
    assertThat(openafs("version", 0))
        .isEqualTo("VERSION cid 00000000.0 call 77 [client,last] request");
    assertThat(openafs("version", 1))
        .isEqualTo(
            "VERSION cid 00000000.0 call 77 [last] \"OpenAFS 1.8.9-1+deb12u1-debian 2024-12-25\"");
    assertThat(openafs("debug getallconn 999", 0))
        .isEqualTo("DEBUG cid 00000000.0 call 79 [client,last] type 3 index 999");
    assertThat(openafs("debug getallconn 999", 1)).endsWith("reply len 176");
    assertThat(openafs("busy? new call number while active", 3))
        .isEqualTo("BUSY cid 0f620670.0 call 2 serial 2");
    MemorySegment p = MemorySegment.ofArray(new byte[44]);
    SecurityShell.writeChallenge(p, 0, 1, 0x4854117e, 2, 2, 0xb4e9, 1234);
    assertThat(line(p))
        .isEqualTo("CHALLENGE cid 4854117c.0 serial 2 sec 2 sum b4e9 svc 1234 len 16");
    SecurityShell.writeResponse(p, 0, 1, 0x4854117e, 2, 2, 0, 1234);
    assertThat(line(p))
        .isEqualTo("RESPONSE cid 4854117c.0 serial 2 [client] sec 2 svc 1234 len 16");
  }

  @Test
  void malformed() {
    assertThat(line(MemorySegment.ofArray(new byte[5]))).isEqualTo("SHORT_HEADER len 5");
    assertThat(openafs("type 12", 0)).startsWith("TYPE-12 cid").endsWith("UNKNOWN_TYPE len 1");
    assertThat(openafs("jumbo truncated", 0)).endsWith("svc 1234 JUMBO_TRUNCATED len 100");
  }

  @Test
  void onlyTheLastSubpacketIsSaidToBeLast() {
    int length = Header.LENGTH + 2 * Jumbo.STRIDE + 4;
    MemorySegment p = Packets.of(PacketType.DATA, Flags.JUMBO_PACKET, 1, 1, length);
    Jumbo.writeNext(p, Header.LENGTH, Flags.JUMBO_PACKET, 0);
    Jumbo.writeNext(p, Header.LENGTH + Jumbo.STRIDE, Flags.MORE_PACKETS, 0);
    assertThat(line(p)).endsWith("len 1412+1412+4");
  }

  @Test
  void aVersionWithoutTextIsAKeepalive() {
    MemorySegment p = Packets.of(PacketType.VERSION, Flags.LAST_PACKET, 1, 0, 29);
    assertThat(line(p)).endsWith("[last] keepalive");
    MemorySegment whole = Packets.of(PacketType.VERSION, 0, 1, 0, Version.REPLY_LENGTH);
    assertThat(line(whole)).endsWith(" \"\"");
  }

  @Test
  void shellsOfTheSecurityClassesBeginBehindTheHeader() {
    MemorySegment p = MemorySegment.ofArray(new byte[64]);
    assertThat(SecurityShell.writeChallenge(p, 5, 1, 4, 2, 2, 0, 52)).isEqualTo(28);
    assertThat(SecurityShell.writeResponse(p, 5, 1, 4, 2, 2, 0, 52)).isEqualTo(28);
    assertThat(SecurityShell.payloadOffset(5)).isEqualTo(33);
    assertThat(SecurityShell.payloadLength(44)).isEqualTo(16);
  }
}
