// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.ConnectionSecurity;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.rxkad.VectorFile.Row;
import io.rxrpc.wire.Header;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vectors of rxkad.json: response checksums, and packets at the three levels. */
class PacketVectorsTest {
  private static final Row VECTORS = VectorFile.read("rxkad");

  static List<Named<Row>> packets() {
    return VECTORS.named("packet_protection");
  }

  @Test
  void responseChecksums() {
    for (Row row : VECTORS.rows("response_checksum")) {
      MemorySegment p = MemorySegment.ofArray(row.hex("response56"));
      assertThat(HexFormat.of().toHexDigits(ResponseBody.checksum(p)))
          .isEqualTo(row.text("checksum"));
    }
  }

  @ParameterizedTest
  @MethodSource("packets")
  void sealsAndUnseals(Row row) throws SecurityFailure {
    int cid = row.int32("cid");
    ConnectionIdentity id =
        new ConnectionIdentity(row.int32("epoch"), Header.connectionId(cid), 52, 2);
    FcryptKey key = new FcryptKey(row.hex("session_key"));
    assertThat(RxkadConnection.connectionIv(key, id)).isEqualTo(row.word("conn_iv"));
    byte[] data = row.hex("data");
    for (SecurityLevel level : SecurityLevel.values()) {
      ConnectionSecurity security =
          new RxkadConnection(id, key, level, KeyCheck.NONE, KeyCheck.NONE, null);
      byte[] udp =
          WholePacket.seal(security, id, cid & 3, row.int32("call"), row.int32("seq"), data);
      assertThat(Header.checksum(MemorySegment.ofArray(udp), 0)).isEqualTo(row.int32("cksum"));
      assertThat(WholePacket.payload(udp))
          .as("level %s", level)
          .isEqualTo(row.hex("level" + level.number() + "_payload"));
      assertThat(WholePacket.unseal(security, udp)).isEqualTo(data);
      assertThat(security.level()).isEqualTo(level);
    }
  }
}
