// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.ConnectionSecurity;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import io.rxrpc.wire.PcapReader;
import io.rxrpc.wire.PcapReader.Datagram;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What real OpenAFS programs and Linux kernels sent each other, verified and unsealed. */
class CapturedSealsTest {
  private static final ServerKeys OPENAFS =
      (service, kvno, enctype) -> {
        if (kvno == 3 && enctype == ServerKeys.DES) {
          return TestKeys.hex("80b6a7cd7a9dadb6");
        }
        return kvno == 2 && enctype == 18
            ? TestKeys.hex("3c8ce3d1e8405029d34781b2902d08431cf067bb588b756e3298e9a631e987ed")
            : null;
      };
  private static final ServerKeys LINUX =
      (service, kvno, enctype) -> TestKeys.hex("d3f1a2b4c5e60718");

  /** Which call of a Linux capture is the large one. */
  private static final int BULK_CALL = 1;

  /** A capture as a server with its keys would have seen it. */
  private static final class Replay {
    final Map<ConnectionIdentity, ConnectionSecurity> connections = new HashMap<>();
    final Map<String, ByteArrayOutputStream> phases = new HashMap<>();
    final List<Datagram> capture;
    int packets;

    Replay(String name, ServerKeys keys) throws SecurityFailure {
      capture = PcapReader.capture(name);
      InstantSource then = () -> Instant.ofEpochSecond(0, capture.getFirst().epochNanos());
      RxkadServer server = RxkadServer.builder(keys, then).build();
      Map<ConnectionIdentity, Integer> nonces = new HashMap<>();
      for (Datagram d : capture) {
        byte[] udp = d.payload();
        ConnectionIdentity id = WholePacket.identity(udp);
        if (id.securityIndex() == 2 && WholePacket.type(udp) == PacketType.CHALLENGE) {
          MemorySegment p = MemorySegment.ofArray(WholePacket.payload(udp));
          nonces.put(id, ResponseBody.get(p, ResponseBody.CHALLENGE_NONCE));
        } else if (id.securityIndex() == 2 && WholePacket.type(udp) == PacketType.RESPONSE) {
          connections.put(
              id, server.verify(id, nonces.get(id), WholePacket.payload(udp)).security());
        }
      }
      unseal();
    }

    private void unseal() throws SecurityFailure {
      Map<String, Integer> next = new HashMap<>();
      for (Datagram d : capture) {
        byte[] udp = d.payload();
        MemorySegment p = MemorySegment.ofArray(udp);
        ConnectionSecurity security = connections.get(WholePacket.identity(udp));
        if (WholePacket.type(udp) != PacketType.DATA || security == null) {
          continue;
        }
        packets++;
        byte[] data = WholePacket.unseal(security, udp);
        String phase =
            (Header.isClientInitiated(p, 0) ? "request " : "reply ")
                + Header.cid(p, 0)
                + " "
                + Header.callNumber(p, 0);
        if (next.merge(phase, 1, Integer::sum) == Header.seq(p, 0)) {
          phases.computeIfAbsent(phase, k -> new ByteArrayOutputStream()).writeBytes(data);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "04-rxkad-aes213-clear-vos, clear, afs, 2",
    "05-rxkad-aes213-crypt-vos, encrypt, afs, 2",
    "06-rxkad-aes213-crypt-pts, encrypt, afs, 1",
    "07-rxkad-krb5-256-crypt-afsio, encrypt, admin@TEST.EXAMPLE, 2",
    "20-rxkad-des3-clear-vos, clear, afs, 2",
    "21-rxkad-des3-crypt-vos, encrypt, afs, 2",
    "22-bulk-rxkad-des3-clear-vos-dump, clear, afs, 2",
    "23-bulk-rxkad-des3-crypt-vos-dump, encrypt, afs, 2",
    "25-rxkad-des3-bos, encrypt, afs, 1",
    "30-rxperf-rxkad-clear-rpc, clear, tester, 1",
    "30-rxperf-rxkad-auth-rpc, auth, tester, 1",
    "30-rxperf-rxkad-crypt-rpc, encrypt, tester, 1",
    "31-rxperf-rxkad-auth-recv-50k, auth, tester, 1"
  })
  void openafs(String name, String level, String principal, int connections)
      throws SecurityFailure {
    Replay replay = new Replay(name, OPENAFS);
    assertThat(replay.connections).hasSize(connections);
    assertThat(replay.packets).isGreaterThan(1);
    for (ConnectionSecurity security : replay.connections.values()) {
      assertThat(security.level()).isEqualTo(SecurityLevel.of(level));
      assertThat(security.peer().principal()).isEqualTo(principal);
    }
  }

  @Test
  void theBulkTransferIsWhole() throws SecurityFailure {
    Replay crypt = new Replay("23-bulk-rxkad-des3-crypt-vos-dump", OPENAFS);
    int longest =
        crypt.phases.values().stream().mapToInt(ByteArrayOutputStream::size).max().orElse(0);
    assertThat(longest).isGreaterThan(100_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  @Tag("R-61")
  @DisplayName("R-61: Linux pads to a multiple of 8, its data come out as they went in")
  void linux(int number) throws SecurityFailure {
    Replay replay = new Replay("linux-rxkad-" + number, LINUX);
    assertThat(replay.connections).isNotEmpty();
    byte[] hello = "hello".getBytes(StandardCharsets.US_ASCII);
    List<byte[]> bulk = new ArrayList<>();
    int hellos = 0;
    for (ByteArrayOutputStream phase : replay.phases.values()) {
      if (Arrays.equals(phase.toByteArray(), hello)) {
        hellos++;
      } else {
        bulk.add(phase.toByteArray());
      }
    }
    assertThat(hellos).isEqualTo(2); // as request and as reply
    assertThat(bulk).hasSize(2);
    assertThat(bulk.get(0)).hasSize(3000).isEqualTo(bulk.get(1));
    byte[] expected = new byte[3000];
    for (int j = 0; j < expected.length; j++) {
      expected[j] = (byte) ((7 * j + BULK_CALL) >> 3);
    }
    assertThat(bulk.get(0)).isEqualTo(expected);
  }
}
