// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.kernel;

import io.rxrpc.ClientCall;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.interop.kernel.Trial.Protection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** How fast a kernel sends bulk data to us, beside another kernel in our place, in turn. */
final class Bulk {
  /** That of rxperf. */
  static final int SERVICE = 147;

  /** Where a kernel with rxperf inside serves it. */
  static final int PORT = 7009;

  static final int SEND = 0;
  static final int RECV = 1;
  static final int COOKIE = 0x4711;

  private final Guest first;
  private final Guest second;
  private final InetSocketAddress ours;

  Bulk(Guest first, Guest second, InetSocketAddress ours) {
    this.first = first;
    this.second = second;
    this.ours = ours;
  }

  /** What goes on around a round. */
  interface Setting {
    /** As it is. */
    Setting NONE = (round, work) -> work.run();

    /** So many of a thousand datagrams are lost, the same ones for both pairs of a round. */
    static Setting loss(int perMille) {
      return (round, work) -> Loss.during(perMille, round, work);
    }

    void during(int round, Loss.Work work) throws IOException;
  }

  /** One run of a pair. */
  private interface Run {
    Result once() throws IOException;
  }

  /** Both ways data goes, in so many rounds, each of calls of so many octets. */
  List<BulkRate> rates(String how, Trial trial, int rounds, Setting setting) throws IOException {
    KernelClient client = new KernelClient(first);
    InetSocketAddress inFirst = new InetSocketAddress(first.address(), PORT);
    InetSocketAddress inSecond = new InetSocketAddress(second.address(), PORT);
    return List.of(
        compare(
            new Pairs(
                "a kernel client sends requests" + how,
                () -> client.bulk("send", trial, ours),
                () -> client.bulk("send", trial, inSecond)),
            trial,
            rounds,
            setting),
        compare(
            new Pairs(
                "a kernel server sends replies" + how,
                () -> fetch(inFirst, trial),
                () -> new KernelClient(second).bulk("recv", trial, inFirst)),
            trial,
            rounds,
            setting));
  }

  private record Pairs(String way, Run ours, Run kernels) {}

  private BulkRate compare(Pairs pairs, Trial trial, int rounds, Setting setting)
      throws IOException {
    Rounds our = new Rounds(pairs.way() + ", to or from us", trial.octets());
    Rounds their = new Rounds(pairs.way() + ", kernel to kernel", trial.octets());
    for (int i = 1; i <= rounds; i++) {
      boolean oursFirst = i % 2 == 0; // what drifts meets both
      setting.during(
          i,
          () -> {
            if (oursFirst) {
              our.add(pairs.ours().once());
            }
            their.add(pairs.kernels().once());
            if (!oursFirst) {
              our.add(pairs.ours().once());
            }
          });
    }
    return new BulkRate(pairs.way(), our.side(), their.side());
  }

  /** The rounds of a pair. */
  private static final class Rounds {
    private final String who;
    private final int octets;
    private final List<Double> rates = new ArrayList<>();
    private Result all = Result.NOTHING;

    Rounds(String who, int octets) {
      this.who = who;
      this.octets = octets;
    }

    void add(Result round) {
      all = all.and(round);
      if (round.bad() == 0) {
        rates.add((double) octets * round.calls() / round.seconds() / 1e6);
      } else {
        System.out.println("    " + who + ": " + String.join("; ", round.notes()));
      }
    }

    BulkRate.Side side() {
      return new BulkRate.Side(rates, all);
    }
  }

  /** Our client has the kernel's rxperf send. */
  private static Result fetch(InetSocketAddress server, Trial trial) throws IOException {
    RxrpcAddress to = new RxrpcAddress(server, SERVICE);
    ByteBuffer request = ByteBuffer.allocate(24);
    request.putInt(3).putInt(RECV).putInt(1 << 16).putInt(1 << 16).putInt(trial.octets());
    request.putInt(COOKIE); // Linux wants it here, too
    byte[] piece = new byte[1 << 16];
    try (RxrpcEndpoint endpoint = OurClient.open(server.getAddress())) {
      return OurClient.calls(
          trial.calls(),
          1,
          i -> {
            long got = 0;
            try (ClientCall call =
                endpoint.begin(to, OurClient.options(Protection.NONE, LabKeys.HEX))) {
              call.write(request.array(), 0, request.capacity());
              for (int n = call.read(piece, 0, piece.length); n >= 0; ) {
                got += n;
                n = call.read(piece, 0, piece.length);
              }
            }
            return got == trial.octets() + 4L;
          });
    }
  }
}
