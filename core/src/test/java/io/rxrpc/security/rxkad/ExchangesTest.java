// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.key.RxkadToken;
import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.ConnectionSecurity;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.ServerSecurity.Verified;
import io.rxrpc.security.rxkad.VectorFile.Row;
import io.rxrpc.wire.AbortCodes;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Packets that OpenAFS 1.8.9 sent and took, with us in the place of either end: what it accepted we
 * accept, what it refused we refuse with the same code, and what we make is what it was sent.
 */
class ExchangesTest {
  private static final InstantSource THEN = () -> Instant.parse("2026-11-22T16:24:50Z");

  /** Where we are stricter than OpenAFS, and what we say instead. */
  private static final Map<String, Integer> STRICTER =
      Map.of(
          "no data cksum (old style)", AbortCodes.RXKADINCONSISTENCY,
          "response version 1", AbortCodes.RXKADINCONSISTENCY);

  private static List<Named<Row>> all() {
    return VectorFile.read("rxkad_exchanges").named("exchanges");
  }

  /** OpenAFS was the client. */
  static List<Named<Row>> asServer() {
    return all().stream()
        .filter(n -> n.getPayload().has("challenge_nonce"))
        .filter(n -> n.getPayload().number("security_index") == 2)
        .toList();
  }

  /** OpenAFS was the server. */
  static List<Named<Row>> asClient() {
    return all().stream().filter(n -> n.getPayload().has("kvno_field")).toList();
  }

  private static byte[] packet(Row row, boolean fromClient, int type, int nth) {
    return row.rows("packets").stream()
        .filter(p -> p.text("dir").equals(fromClient ? "C>S" : "S>C"))
        .map(p -> p.hex("udp"))
        .filter(udp -> WholePacket.type(udp) == type)
        .skip(nth)
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("asServer")
  void servesAnOpenafsClient(Row row) throws SecurityFailure {
    RxkadServer server = RxkadServer.builder(TestKeys.KEYS, THEN).build();
    byte[] request = packet(row, true, PacketType.DATA, 0);
    byte[] response = packet(row, true, PacketType.RESPONSE, 0);
    ConnectionIdentity id = WholePacket.identity(request);
    int nonce = HexFormat.fromHexDigits(row.text("challenge_nonce"));
    assertThat(server.challenge(nonce))
        .isEqualTo(WholePacket.payload(packet(row, false, PacketType.CHALLENGE, 0)));

    Verified verified = server.verify(id, nonce, WholePacket.payload(response));

    ConnectionSecurity security = verified.security();
    assertThat(verified.callNumbers()).containsExactly(1, 0, 0, 0);
    assertThat(security.level()).isEqualTo(SecurityLevel.of(row.int32("level")));
    assertThat(security.peer().principal()).isEqualTo("alice@EXAMPLE.COM");
    assertThat(security.peer().expiry()).isNull();
    assertThat(new String(WholePacket.unseal(security, request), StandardCharsets.US_ASCII))
        .isEqualTo(row.text("request"));
    byte[] reply = packet(row, false, PacketType.DATA, 0);
    assertThat(WholePacket.unseal(security, reply))
        .isEqualTo(row.text("reply").getBytes(StandardCharsets.US_ASCII));
    assertThat(resealed(security, id, reply, row.text("reply")))
        .startsWith(firstBytes(reply, security));
  }

  /** What is the same with either padding of level auth. */
  private static byte[] firstBytes(byte[] udp, ConnectionSecurity security) {
    int length = security.level() == SecurityLevel.AUTH ? Header.LENGTH + 8 : udp.length;
    byte[] first = Arrays.copyOf(udp, length);
    Header.setSerial(MemorySegment.ofArray(first), 0, 1); // as our test writes it
    first[Header.FLAGS] = 1;
    return first;
  }

  private static byte[] resealed(
      ConnectionSecurity security, ConnectionIdentity id, byte[] udp, String text)
      throws SecurityFailure {
    MemorySegment p = MemorySegment.ofArray(udp);
    byte[] data = text.getBytes(StandardCharsets.US_ASCII);
    return WholePacket.seal(
        security, id, Header.cid(p, 0) & 3, Header.callNumber(p, 0), Header.seq(p, 0), data);
  }

  @ParameterizedTest
  @MethodSource("asClient")
  void doesWhatAnOpenafsServerDoes(Row row) throws SecurityFailure {
    RxkadServer server = RxkadServer.builder(TestKeys.KEYS, THEN).build();
    byte[] request = packet(row, true, PacketType.DATA, 0);
    ConnectionIdentity id = WholePacket.identity(request);
    byte[] challenge = WholePacket.payload(packet(row, false, PacketType.CHALLENGE, 0));
    byte[] response = WholePacket.payload(packet(row, true, PacketType.RESPONSE, 0));
    int nonce = ResponseBody.get(MemorySegment.ofArray(challenge), challenge.length == 8 ? 0 : 4);
    Row result = row.row("result");
    Integer stricter = STRICTER.get(row.text("desc"));
    if (stricter != null) {
      TestKeys.assertFails(stricter, () -> server.verify(id, nonce, response));
    } else if (result.has("abort") && result.number("abort") > 1_000_000) {
      TestKeys.assertFails(
          result.int32("abort"),
          () -> WholePacket.unseal(server.verify(id, nonce, response).security(), request));
    } else {
      ConnectionSecurity security = server.verify(id, nonce, response).security();
      assertThat(security.level().number()).isEqualTo(row.int32("level"));
      assertThat(security.peer().principal()).endsWith("@EXAMPLE.COM");
      assertThat(new String(WholePacket.unseal(security, request), StandardCharsets.US_ASCII))
          .isEqualTo(result.has("reply") ? "HELLO WORLD" : "ABORT");
      if (result.has("reply")) {
        byte[] reply = WholePacket.unseal(security, packet(row, false, PacketType.DATA, 0));
        assertThat(new String(reply, StandardCharsets.US_ASCII)).isEqualTo(result.text("reply"));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("asClient")
  void respondsAsTheClientDidThatOpenafsAccepted(Row row) throws SecurityFailure {
    if (!row.row("result").has("reply")) {
      return; // those responses were wrong on purpose
    }
    boolean old = row.text("desc").startsWith("no data cksum");
    byte[] expected = WholePacket.payload(packet(row, true, PacketType.RESPONSE, 0));
    byte[] challenge = WholePacket.payload(packet(row, false, PacketType.CHALLENGE, 0));
    byte[] ticket =
        Arrays.copyOfRange(
            expected, expected.length - ticketLength(expected, old), expected.length);
    RxkadToken token =
        new RxkadToken(row.int32("kvno_field"), row.hex("session_key"), 0xffffffffL, ticket);
    RxkadClient client = new RxkadClient(token, SecurityLevel.of(row.int32("level")), THEN);
    byte[] data = packet(row, true, PacketType.DATA, 0);
    ConnectionIdentity id = WholePacket.identity(data);
    int[] calls = {0, 0, 0, 0};
    calls[Header.cid(MemorySegment.ofArray(data), 0) & 3] = 1;
    if (old) {
      TestKeys.assertFails(
          AbortCodes.RXKADINCONSISTENCY, () -> client.respond(id, challenge, calls));
      assertThat(client.withOldChallenges().respond(id, challenge, calls)).isEqualTo(expected);
    } else if (row.text("desc").equals("response version 1")) {
      assertThat(client.respond(id, challenge, calls)).isNotEqualTo(expected);
    } else {
      assertThat(client.respond(id, challenge, calls)).isEqualTo(expected);
    }
    ConnectionSecurity security = client.connect(id);
    byte[] reply = WholePacket.unseal(security, packet(row, false, PacketType.DATA, 0));
    assertThat(new String(reply, StandardCharsets.US_ASCII))
        .isEqualTo(row.row("result").text("reply"));
    assertThat(security.peer()).isNull();
  }

  private static int ticketLength(byte[] response, boolean old) {
    return ResponseBody.get(
        MemorySegment.ofArray(response),
        old ? ResponseBody.OLD_TICKET_LENGTH : ResponseBody.TICKET_LENGTH);
  }

  @Test
  @Tag("R-57")
  void kerberosTicketsGoByTheirTwoNumbers() {
    // 213 and 256 are no versions of a DES key; other numbers above 255 are nobody's
    byte[] ticket = new byte[40];
    for (int kvno : new int[] {257, 300, 511, 512, -1}) {
      byte[] response = new byte[ResponseBody.LENGTH + ticket.length];
      MemorySegment p = MemorySegment.ofArray(response);
      ResponseBody.set(p, ResponseBody.VERSION, 2);
      ResponseBody.set(p, ResponseBody.KVNO, kvno);
      ResponseBody.set(p, ResponseBody.TICKET_LENGTH, ticket.length);
      ServerKeys anything = (service, version, enctype) -> TestKeys.SERVICE_KEY.clone();
      RxkadServer server = RxkadServer.builder(anything, THEN).build();
      TestKeys.assertFails(
          AbortCodes.RXKADUNKNOWNKEY, () -> server.verify(TestKeys.ID, 1, response));
    }
  }
}
