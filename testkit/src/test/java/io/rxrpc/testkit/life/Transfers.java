// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.life;

import static io.rxrpc.testkit.SimFailure.unless;

import io.rxrpc.testkit.Datagram;
import io.rxrpc.testkit.Fault;
import io.rxrpc.testkit.NetTap;
import io.rxrpc.testkit.SimCall;
import io.rxrpc.testkit.SimNet;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Malformed;
import io.rxrpc.wire.PacketCheck;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The last calls of a life between two engines: a long request and a long reply, each alone on the
 * path and without a pause of the applications, so that it can be said what the path allows.
 */
final class Transfers implements NetTap {
  private static final int BYTES = 300_000;
  private static final int IP_UDP = 28;

  /** In a life without a fault; the least of 20,000 lives is 0.64. */
  static final double LEAST_SHARE = 0.5;

  private record Packet(int cid, int call, int seq) {}

  private final SimNet net;
  private final InetSocketAddress client;
  private final InetSocketAddress server;
  private final Tunables tunables;
  private final List<Goodput> goodputs = new ArrayList<>();
  private @Nullable InetSocketAddress sender;
  private final Set<Packet> arrived = new HashSet<>();
  private long wire;

  Transfers(SimNet net, InetSocketAddress client, InetSocketAddress server, Tunables tunables) {
    this.net = net;
    this.client = client;
    this.server = server;
    this.tunables = tunables;
    net.tap(this);
  }

  /** Makes one after the other. */
  void run(Cast cast, Consumer<BooleanSupplier> until) {
    // the first one finds out what the peer still knows of the client
    SimCall first = cast.last(new Work(-1, Work.Kind.NORMAL, Work.HEAD, 40, 0, 0));
    until.accept(first::isComplete);
    measure(true, cast, new Work(-2, Work.Kind.NORMAL, BYTES, 40, 0, 0), until);
    measure(false, cast, new Work(-3, Work.Kind.NORMAL, Work.HEAD, BYTES, 0, 0), until);
    sender = null;
  }

  private void measure(boolean up, Cast cast, Work work, Consumer<BooleanSupplier> until) {
    arrived.clear();
    wire = 0;
    InetSocketAddress from = up ? client : server;
    InetSocketAddress to = up ? server : client;
    sender = from;
    Map<Fault, Integer> before = Map.copyOf(net.faults());
    long begin = net.now();
    SimCall call = cast.last(work);
    until.accept(call::isComplete);
    long took = net.now() - begin; // whatever the clock of the client says
    unless(call.ok() || cast.mayFail(), "the last transfer failed: %s", call.outcome());
    if (!call.ok()) {
      return;
    }
    Goodput.Path path =
        net.faults().isEmpty() && !cast.shortOfMemory()
            ? Goodput.Path.CALM
            : before.equals(net.faults()) ? Goodput.Path.CALM_AGAIN : Goodput.Path.DISTURBED;
    Goodput goodput =
        Goodput.of(
            up,
            net.link(from, to),
            net.link(to, from),
            tunables,
            window(),
            BYTES,
            arrived.size(),
            wire,
            took,
            path);
    unless(goodput.took() >= goodput.least(), "faster than the path: %s", goodput);
    unless(
        path != Goodput.Path.CALM || goodput.share() >= LEAST_SHARE,
        "slow without a reason: %s",
        goodput);
    goodputs.add(goodput);
  }

  /** Packets that may be under way: an ACK damaged unnoticed may tell another receive window. */
  private int window() {
    int most = tunables.getInt(Tunable.TX_WINDOW);
    return net.faults().containsKey(Fault.CORRUPTION_DELIVERED)
        ? most
        : Math.min(most, tunables.getInt(Tunable.RX_WINDOW));
  }

  /** What was measured. */
  List<Goodput> goodputs() {
    return List.copyOf(goodputs);
  }

  @Override
  public void sent(long now, Datagram d, @Nullable Fault fault) {}

  @Override
  public void delivered(long now, Datagram d) {
    if (d.from().equals(sender)
        && PacketCheck.check(d.memory(), 0, d.length()) == Malformed.NONE
        && d.isData()
        && d.has(Flags.CLIENT_INITIATED) == sender.equals(client)
        && anyNew(d)) {
      wire += d.length() + IP_UDP;
    }
  }

  private boolean anyNew(Datagram d) {
    boolean any = false;
    for (Datagram part : d.parts()) {
      any |= arrived.add(new Packet(part.cid(), part.callNumber(), part.seq()));
    }
    return any;
  }
}
