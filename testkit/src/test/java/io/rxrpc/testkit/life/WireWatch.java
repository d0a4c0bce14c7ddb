// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.life;

import static io.rxrpc.testkit.SimFailure.unless;

import io.rxrpc.testkit.Datagram;
import io.rxrpc.testkit.Fault;
import io.rxrpc.testkit.NetTap;
import io.rxrpc.wire.Abort;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.Malformed;
import io.rxrpc.wire.PacketCheck;
import io.rxrpc.wire.PacketType;
import io.rxrpc.wire.Sequence;
import io.rxrpc.wire.Version;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Watches what an engine sends and gets, and holds it to what the protocol promises: checked at
 * every packet. One for each engine.
 */
final class WireWatch implements NetTap {
  private record Conversation(InetSocketAddress peer, int epoch, int cid, boolean client) {}

  private final InetSocketAddress engine;
  private final Map<Conversation, ConnectionWatch> connections = new HashMap<>();
  private final Set<InetSocketAddress> askedForVersion = new HashSet<>();
  private final PeerWindows windows;
  private final boolean trusting;
  private @Nullable Datagram lastIn;
  private @Nullable Datagram before;
  private long lastInAt;

  /**
   * @param firstWindow the window assumed of a peer that has not told
   * @param trusting whether what arrives is what peers sent, not damaged on the way
   */
  WireWatch(InetSocketAddress engine, int firstWindow, boolean trusting) {
    this.engine = engine;
    windows = new PeerWindows(firstWindow);
    this.trusting = trusting;
  }

  /** The engine was started again. */
  void forget() {
    connections.clear();
    lastIn = null;
    before = null;
  }

  @Override
  public void delivered(long now, Datagram d) {
    if (!d.to().equals(engine)) {
      return;
    }
    if (lastInAt != now) {
      before = null;
    } else if (lastIn != null && lastIn.type() != d.type()) {
      before = lastIn; // what is sent now may be for its sake
    }
    lastIn = d;
    lastInAt = now;
    if (PacketCheck.check(d.memory(), 0, d.length()) != Malformed.NONE) {
      return;
    }
    if (d.type() == PacketType.VERSION && Version.isRequest(d.memory(), 0, d.length())) {
      askedForVersion.add(d.from());
      return;
    }
    connection(d.from(), d, !d.fromClient()).received(d);
  }

  @Override
  public void sent(long now, Datagram d, @Nullable Fault fault) {
    if (!d.from().equals(engine)) {
      return;
    }
    Malformed malformed = PacketCheck.check(d.memory(), 0, d.length());
    unless(malformed == Malformed.NONE, "sent a malformed packet (%s): %s", malformed, d);
    unless((d.flags() & ~Flags.KNOWN) == 0, "sent unknown flags: %s", d);
    Datagram cause = lastInAt == now && before == null ? lastIn : null;
    switch (d.type()) {
      case PacketType.ABORT -> {
        unless(Abort.code(d.memory(), 0) != 0, "sent an ABORT with code 0: %s", d);
        unless(
            cause == null || cause.type() != PacketType.ABORT || !same(cause, d),
            "answered an ABORT with an ABORT (R-21): %s",
            d);
      }
      case PacketType.BUSY ->
          unless(
              cause == null || cause.type() != PacketType.BUSY || !same(cause, d),
              "answered a BUSY with a BUSY (R-21): %s",
              d);
      case PacketType.VERSION ->
          unless(
              d.fromClient() || askedForVersion.contains(d.to()),
              "sent a VERSION that nobody asked for (R-20): %s",
              d);
      default -> {}
    }
    ConnectionWatch connection = connection(d.to(), d, d.fromClient());
    d.parts().forEach(connection::sent);
  }

  private static boolean same(Datagram a, Datagram b) {
    return a.epoch() == b.epoch() && a.cid() == b.cid() && a.callNumber() == b.callNumber();
  }

  private ConnectionWatch connection(InetSocketAddress peer, Datagram d, boolean client) {
    Conversation key = new Conversation(peer, d.epoch(), Header.connectionId(d.cid()), client);
    return connections.computeIfAbsent(
        key, k -> new ConnectionWatch(client, trusting, windows, peer));
  }

  /** Whether a sequence number is within what may be sent. */
  static boolean within(int seq, int firstUnacked, int window) {
    return Sequence.before(seq, firstUnacked + window);
  }
}
