// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import static io.rxrpc.socket.Sockets.CHARGE;
import static io.rxrpc.socket.Sockets.data;
import static io.rxrpc.socket.Sockets.id;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.key.ClientTokens;
import io.rxrpc.key.KeyException;
import io.rxrpc.key.KeyFacility;
import io.rxrpc.key.KeyType;
import io.rxrpc.key.Keyring;
import io.rxrpc.key.RxkadToken;
import io.rxrpc.key.TokenWriter;
import io.rxrpc.security.rxkad.TicketIssuer;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Groups Y and Z: keys, and rxkad between two sockets. Also T11. */
final class KeyRows {
  private static final int SERVICE = 20;
  private static final byte[] SECRET = {0x10, 0x32, 0x54, 0x76, 0x19, 0x3b, 0x5d, 0x7f};
  private static final byte[] OTHER = {0x20, 0x32, 0x54, 0x76, 0x19, 0x3b, 0x5d, 0x7f};
  private static final String KEY = "afs@example.org";
  private static final String REFUSED = "client 0 bytes id=1 RXRPC_ABORT=19270402 flags=EOR";

  private KeyRows() {}

  static void run(Seen seen) throws Exception {
    adding(seen);
    RxkadToken token = token(SECRET, Instant.now());
    byte[] payload = TokenWriter.versionOne(token);
    int row = 1;
    int[][] levels = {{0, 0}, {1, 0}, {2, 0}, {2, 2}};
    for (int[] l : levels) {
      seen.same("Z" + row++, () -> call(payload, l[0], true, l[1]));
    }
    refusals(seen, payload);
    byte[] wrong = TokenWriter.versionOne(token(OTHER, Instant.now()));
    seen.same("Z12", () -> call(wrong, 0, true, 0));
    RxkadToken old = token(SECRET, Instant.now().minus(Duration.ofHours(12)));
    RxkadToken expired =
        new RxkadToken(
            old.kvno(), old.sessionKey(), Instant.now().getEpochSecond() + 3600, old.ticket());
    seen.same("Z14", () -> call(TokenWriter.versionOne(expired), 0, true, 0));
    seen.same("Z17", () -> call(payload, 0, true, 0)); // ours are big-endian
    byte[] xdr = TokenWriter.xdr("example.org", new ClientTokens("example.org", List.of(token)));
    seen.same("Z18", () -> call(xdr, 0, true, 0));
    seen.different(
        "T11",
        "sendmsg 6; client 0 bytes id=1 RXRPC_ABORT=-2 flags=EOR; server ETIMEDOUT",
        "a service without a keyring refuses a secured call at once",
        () -> call(payload, 0, false, 0));
  }

  private static void refusals(Seen seen, byte[] payload) {
    String why = "a service's RXRPC_MIN_SECURITY_LEVEL is enforced: RXKADLEVELFAIL";
    String aborted = "sendmsg 6; server 0 bytes id=101 RXRPC_ABORT=19270402 flags=EOR; ";
    seen.different("Z5", aborted + REFUSED, why, () -> call(payload, 0, true, 2));
    seen.different("Z6", aborted + REFUSED, why, () -> call(payload, 1, true, 2));
    seen.different(
        "Z7", "sendmsg 6; " + REFUSED + "; server ETIMEDOUT", why, () -> call(null, 0, true, 2));
    seen.different(
        "Z8",
        "ENOKEY",
        "the client fails by itself, ENOKEY, before a packet",
        () -> call(null, 2, true, 0));
  }

  private static RxkadToken token(byte[] secret, Instant start) {
    return TicketIssuer.classic(5, secret, new SecureRandom())
        .issue("user", "", "", start.minusSeconds(60), Duration.ofHours(10));
  }

  private static void adding(Seen seen) {
    KeyFacility facility = new KeyFacility(InstantSource.system());
    seen.same("Y1", () -> add(facility, KeyType.RXRPC, "y1", new byte[0]));
    seen.same("Y2", () -> add(facility, KeyType.RXRPC, "y2", new byte[3]));
    seen.same("Y3", () -> add(facility, KeyType.RXRPC, "y3", versionOne(2, 2, 8, 8)));
    seen.same("Y4", () -> add(facility, KeyType.RXRPC, "y4", versionOne(1, 0, 8, 8)));
    seen.same("Y5", () -> add(facility, KeyType.RXRPC, "y5", versionOne(1, 4, 8, 8)));
    seen.same("Y6", () -> add(facility, KeyType.RXRPC, "y6", versionOne(1, 2, 100, 8)));
    seen.same("Y9", () -> add(facility, KeyType.RXRPC_S, "20:2", new byte[7]));
    seen.same("Y13", () -> add(facility, KeyType.RXRPC_S, "20:2", SECRET));
    byte[] xdr =
        TokenWriter.xdr(
            "example.org", new ClientTokens("example.org", List.of(token(SECRET, Instant.now()))));
    seen.same("Y14", () -> add(facility, KeyType.RXRPC, "y14", xdr));
  }

  private static int add(KeyFacility facility, KeyType type, String description, byte[] payload)
      throws SocketErrorException {
    try {
      facility.process().add(type, description, payload);
      return 0;
    } catch (KeyException e) {
      throw new SocketErrorException(e.errno(), String.valueOf(e.getMessage()));
    }
  }

  /** The form of keys.md section 1, with a ticket of a length of its own. */
  private static byte[] versionOne(int version, int index, int told, int ticket) {
    return ByteBuffer.allocate(24 + ticket)
        .order(ByteOrder.nativeOrder())
        .putInt(version)
        .putShort((short) index)
        .putShort((short) told)
        .putInt((int) (Instant.now().getEpochSecond() + 3600))
        .putInt(5)
        .array();
  }

  /** One call of 6 bytes, replied with 5, as far as it comes. */
  private static String call(
      byte @Nullable [] payload, int clientLevel, boolean withKeyring, int serverLevel)
      throws IOException, KeyException {
    KeyFacility facility = new KeyFacility(InstantSource.system());
    Keyring ring = facility.process().addKeyring("AFSkeys");
    ring.add(KeyType.RXRPC_S, SERVICE + ":2", SECRET.clone());
    try (RxrpcSocket server = open(facility);
        RxrpcSocket client = open(facility)) {
      if (withKeyring) {
        server.setOption(RxrpcOption.SECURITY_KEYRING, "AFSkeys");
        server.setOption(RxrpcOption.MIN_SECURITY_LEVEL, serverLevel);
      }
      server.bind(RxrpcAddress.of("127.0.0.1", 0, SERVICE));
      server.listen(10);
      server.sendmsg(Message.of(id(101), CHARGE));
      if (payload != null) {
        facility.process().add(KeyType.RXRPC, KEY, Arrays.copyOf(payload, payload.length));
        client.setOption(RxrpcOption.SECURITY_KEY, KEY);
      }
      client.setOption(RxrpcOption.MIN_SECURITY_LEVEL, clientLevel);
      client.connect(Sockets.address(server));
      String line = "sendmsg " + client.sendmsg(data(1, "sixsix"));
      boolean mayArrive = payload != null && withKeyring;
      if (!mayArrive) {
        String refused = Seen.receive(client, 100);
        return line
            + "; client "
            + refused
            + "; server "
            + Seen.receive(server, 100, Duration.ofMillis(50));
      }
      String served = Seen.receive(server, 100);
      if (served.startsWith("6 bytes")) {
        server.sendmsg(data(101, "fives"));
      }
      return line + "; server " + served + "; client " + Seen.receive(client, 100);
    }
  }

  private static RxrpcSocket open(KeyFacility facility) throws IOException {
    RxrpcSocket s =
        Sockets.timed(RxrpcSocket.open(StandardProtocolFamily.INET, Sockets.tunables()));
    return s.keys(KeyResolver.of(facility));
  }
}
