// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.flip;

import static io.rxrpc.testkit.SimFailure.unless;
import static io.rxrpc.testkit.SimNet.ms;

import io.rxrpc.security.ClientSecurity;
import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.ConnectionSecurity;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.ResponsePacket;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.ServerSecurity;
import io.rxrpc.testkit.Pace;
import io.rxrpc.testkit.SimCall;
import io.rxrpc.testkit.SimEndpoint;
import io.rxrpc.testkit.SimHandler;
import io.rxrpc.testkit.SimPair;
import java.util.ArrayList;
import java.util.List;

/** One secured call whose reply is its request, on a network that flips a bit. */
final class SecureLife {
  /** The longest that a call can take: what bounds it are the engine's own limits. */
  private static final long PATIENCE = ms(200_000);

  /**
   * After that, a connection that never answered its CHALLENGEs is gone, and so is a reply that a
   * false LAST has cut off for the client: it is told so as long as it keeps its idle connection.
   */
  private static final long CLEANING = ms(300_000);

  private static final int SERVICE = 7;

  /** Few bytes at once: buffers cost more here than calls. */
  private static final Pace PACE = new Pace(4096, 0, 4096, 0);

  /** What the server's application was given. */
  final List<byte[]> seen = new ArrayList<>();

  /** Whom the server believed to see, and how protected. */
  final List<PeerIdentity> believed = new ArrayList<>();

  private final SimPair pair;
  private final SimCall call;

  SecureLife(long seed, ServerSecurity security, ClientSecurity client, byte[] request, Flip flip) {
    pair = SimPair.seeded(seed).latency(ms(2));
    pair.server().sabotage(flip).serve(SERVICE, List.of(new Watched(security)), Seeing::new);
    pair.client().sabotage(flip);
    call =
        pair.client().call(pair.server().address(), SERVICE, client, request, null, PACE, c -> {});
  }

  SimCall run() {
    while (!call.isComplete() && pair.elapsed() < PATIENCE) {
      pair.net().runFor(ms(1_000));
    }
    unless(call.isComplete(), "the call hangs");
    pair.net().runFor(CLEANING);
    for (SimEndpoint end : List.of(pair.client(), pair.server())) {
      unless(end.engine().liveCalls() == 0, "a call is left at %s", end);
      unless(end.pool().outstanding() == 0, "memory is held at %s", end);
      unless(end.engine().clientConnections() <= 1, "connections grow at %s", end);
      unless(end.engine().serviceConnections() <= 1, "connections grow at %s", end);
    }
    return call;
  }

  /** Notes down what was asked, and replies it. */
  private final class Seeing implements SimHandler {
    @Override
    public Answer answer(byte[] request) {
      seen.add(request);
      return Answer.of(request);
    }

    @Override
    public Pace pace() {
      return PACE;
    }
  }

  /** Notes down what was verified. */
  private final class Watched implements ServerSecurity {
    private final ServerSecurity security;

    Watched(ServerSecurity security) {
      this.security = security;
    }

    @Override
    public int securityIndex() {
      return security.securityIndex();
    }

    @Override
    public boolean challenges() {
      return security.challenges();
    }

    @Override
    public int nonceLength() {
      return security.nonceLength();
    }

    @Override
    public ConnectionSecurity unchallenged(ConnectionIdentity connection) {
      return security.unchallenged(connection);
    }

    @Override
    public byte[] challenge(ConnectionIdentity connection, byte[] nonce) {
      return security.challenge(connection, nonce);
    }

    @Override
    public Verified verify(ConnectionIdentity connection, byte[] nonce, ResponsePacket response)
        throws SecurityFailure {
      Verified verified = security.verify(connection, nonce, response);
      PeerIdentity peer = verified.security().peer();
      unless(peer != null && peer.level() == verified.security().level(), "two levels");
      believed.add(peer);
      return verified;
    }
  }
}
