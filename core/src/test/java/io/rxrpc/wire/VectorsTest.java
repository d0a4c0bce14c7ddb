// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.wire.Vectors.Exchange;
import io.rxrpc.wire.Vectors.Packet;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every packet that OpenAFS sent or was sent in the recorded exchanges. */
class VectorsTest {
  /** The exchanges whose first packet is wrong on purpose. */
  private static final Map<String, Malformed> WRONG =
      Map.of(
          "ack with short body", Malformed.ACK_TOO_SHORT,
          "callNumber 0 data", Malformed.CALL_NUMBER_ZERO,
          "type 9 params", Malformed.RESERVED_TYPE,
          "type 12", Malformed.UNKNOWN_TYPE,
          "jumbo truncated", Malformed.JUMBO_TRUNCATED);

  static List<Exchange> behaviour() {
    return Vectors.exchanges("openafs_server_behaviour");
  }

  static List<Exchange> rxkad() {
    return Vectors.exchanges("rxkad_exchanges");
  }

  @ParameterizedTest
  @MethodSource({"behaviour", "rxkad"})
  void decodes(Exchange exchange) {
    String description = exchange.description().replaceFirst("^\\d+: ", "");
    Malformed expected = WRONG.getOrDefault(description, Malformed.NONE);
    assertThat(exchange.packets()).isNotEmpty();
    for (Packet packet : exchange.packets()) {
      MemorySegment p = MemorySegment.ofArray(packet.udp());
      assertThat(Packets.check(p))
          .as(PacketText.line(p, 0, packet.udp().length))
          .isEqualTo(expected);
      if (expected == Malformed.NONE) {
        Readers.readAll(p, 0, packet.udp().length);
      }
      expected = Malformed.NONE; // OpenAFS's answer is right
    }
  }

  @Test
  void allAreThere() {
    assertThat(behaviour()).hasSize(34);
    assertThat(rxkad()).hasSizeGreaterThan(30);
    assertThat(
            behaviour().stream()
                .filter(e -> WRONG.containsKey(e.description().replaceFirst("^\\d+: ", ""))))
        .hasSize(WRONG.size());
  }

  @Test
  void directionIsInTheFlags() {
    for (Exchange exchange : rxkad()) {
      for (Packet packet : exchange.packets()) {
        assertThat(Header.isClientInitiated(MemorySegment.ofArray(packet.udp()), 0))
            .as(exchange.description())
            .isEqualTo(packet.fromClient());
      }
    }
  }

  @Test
  void headersWrittenAgainAreTheSame() {
    for (Exchange exchange : rxkad()) {
      for (Packet packet : exchange.packets()) {
        MemorySegment p = MemorySegment.ofArray(packet.udp());
        MemorySegment copy = MemorySegment.ofArray(packet.udp().clone());
        copy.asSlice(0, Header.LENGTH).fill((byte) 0xa5);
        Readers.rewriteHeader(p, copy);
        assertThat(copy.mismatch(p)).isEqualTo(-1);
      }
    }
  }
}
