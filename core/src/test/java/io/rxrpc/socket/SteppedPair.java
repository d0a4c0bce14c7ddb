// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import static io.rxrpc.socket.Sockets.CHARGE;
import static io.rxrpc.socket.Sockets.id;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.driver.SteppedNet;
import io.rxrpc.key.KeyFacility;
import io.rxrpc.key.KeyType;
import io.rxrpc.key.Keyring;
import io.rxrpc.key.RxkadToken;
import io.rxrpc.key.TokenWriter;
import io.rxrpc.security.rxkad.TicketIssuer;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.function.UnaryOperator;

/** A client and a server on a {@link SteppedNet}, and whoever changes packets between them. */
final class SteppedPair implements AutoCloseable {
  /** How calls are protected. */
  enum Level {
    NONE,
    PLAIN,
    AUTH,
    ENCRYPT
  }

  private static final byte[] SECRET = {0x10, 0x32, 0x54, 0x76, 0x19, 0x3b, 0x5d, 0x7f};
  private static final long MS = 1_000_000;

  final SteppedNet net;
  final RxrpcSocket client;
  final RxrpcSocket server;

  /** What becomes of a DATA packet of the server, of the client. */
  UnaryOperator<byte[]> ofServer = UnaryOperator.identity();

  UnaryOperator<byte[]> ofClient = UnaryOperator.identity();

  SteppedPair(Level level) throws IOException {
    Random random = new Random(1);
    net = new SteppedNet(random, this::carry);
    SteppedSockets sockets = new SteppedSockets(net);
    server = open(sockets, level, random);
    server.bind(RxrpcAddress.of("127.0.0.1", 0, Sockets.SERVICE));
    server.listen(100);
    client = open(sockets, level, random);
    client.connect(Sockets.address(server));
  }

  static RxrpcSocket open(SteppedSockets sockets, Level level, Random random) throws IOException {
    RxrpcSocket s = sockets.open(Tunables.defaults());
    if (level != Level.NONE) {
      s.keys(KeyResolver.of(keys(random)));
      s.setOption(RxrpcOption.SECURITY_KEYRING, "AFSkeys");
      s.setOption(RxrpcOption.SECURITY_KEY, "key");
      s.setOption(RxrpcOption.MIN_SECURITY_LEVEL, level.ordinal() - 1);
    }
    return s;
  }

  private static KeyFacility keys(Random random) {
    KeyFacility facility = new KeyFacility(InstantSource.system());
    return Seen.must(
        () -> {
          Keyring ring = facility.process().addKeyring("AFSkeys");
          ring.add(KeyType.RXRPC_S, Sockets.SERVICE + ":2", SECRET.clone());
          RxkadToken token =
              TicketIssuer.classic(5, SECRET, random)
                  .issue("user", "", "", Instant.now().minusSeconds(60), Duration.ofHours(10));
          facility.process().add(KeyType.RXRPC, "key", TokenWriter.versionOne(token));
          return facility;
        });
  }

  private void carry(byte[] datagram, SteppedNet.Arrival arrival) {
    MemorySegment p = MemorySegment.ofArray(datagram);
    byte[] arriving = datagram;
    if (Header.type(p, 0) == PacketType.DATA) {
      boolean ofTheClient = (Header.flags(p, 0) & Flags.CLIENT_INITIATED) != 0;
      arriving = (ofTheClient ? ofClient : ofServer).apply(datagram.clone());
    }
    if (arriving.length > 0) {
      arrival.after(MS, arriving);
    }
  }

  /** Changes a bit of the n-th packet that passes, from 1. */
  static UnaryOperator<byte[]> flip(int n, int offset) {
    int[] passed = {0};
    return p -> {
      if (++passed[0] == n) {
        p[offset] ^= 0x10;
      }
      return p;
    };
  }

  /** Lets time pass. */
  void pass(Duration d) throws IOException {
    long until = net.now() + d.toNanos();
    net.settle();
    while (net.now() < until && net.advance()) {
      net.settle();
    }
  }

  /** The same, for what takes a few round trips. */
  void pass() throws IOException {
    pass(Duration.ofMillis(200));
  }

  /** A call has its tag at the server, and its request is on its way. */
  void request(long tag, long served, byte[] request) throws IOException {
    server.sendmsg(Message.of(CHARGE, id(served)));
    client.sendmsg(Message.of(tag, request));
    pass();
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
