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
import java.util.Locale;

/** How fast a kernel sends bulk data to us, beside another kernel in our place, in turn. */
final class Bulk {
  /** That of rxperf. */
  static final int SERVICE = 147;

  /** Where a kernel with rxperf inside serves it. */
  static final int PORT = 7009;

  static final int SEND = 0;
  static final int RECV = 1;
  static final int COOKIE = 0x4711;

  /** What of kernel to kernel is enough. */
  private static final double ENOUGH = 0.7;

  private final Guest first;
  private final Guest second;
  private final InetSocketAddress ours;

  Bulk(Guest first, Guest second, InetSocketAddress ours) {
    this.first = first;
    this.second = second;
    this.ours = ours;
  }

  /** MB/s of a way data goes, ours and between kernels. */
  record Rate(String way, double ours, double kernels) {
    boolean enough() {
      return ours >= ENOUGH * kernels;
    }

    /** A line of a Markdown table. */
    String line() {
      return String.format(
          Locale.ROOT, "| %s | %.1f | %.1f | %.2f |", way, ours, kernels, ours / kernels);
    }
  }

  /** One run, in MB/s. */
  private interface Run {
    Result once() throws IOException;
  }

  /**
   * Both ways data goes.
   *
   * @param lossy whether all rounds count together, as each meets other losses, and not the one
   *     that was disturbed least
   */
  List<Rate> rates(String how, int octets, int rounds, boolean lossy) throws IOException {
    Trial trial = new Trial(octets, Protection.NONE, 1, 2);
    KernelClient client = new KernelClient(first);
    InetSocketAddress inFirst = new InetSocketAddress(first.address(), PORT);
    InetSocketAddress inSecond = new InetSocketAddress(second.address(), PORT);
    return List.of(
        compare(
            "a kernel client sends requests" + how,
            octets,
            rounds,
            lossy,
            () -> client.bulk("send", trial, ours),
            () -> client.bulk("send", trial, inSecond)),
        compare(
            "a kernel server sends replies" + how,
            octets,
            rounds,
            lossy,
            () -> fetch(inFirst, trial),
            () -> new KernelClient(second).bulk("recv", trial, inFirst)));
  }

  private static Rate compare(
      String way, int octets, int rounds, boolean lossy, Run ours, Run kernels) throws IOException {
    List<Double> our = new ArrayList<>();
    List<Double> their = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      our.add(rate(way + ", to or from us", ours.once(), octets));
      their.add(rate(way + ", kernel to kernel", kernels.once(), octets));
    }
    return new Rate(way, typical(our, lossy), typical(their, lossy));
  }

  private static double rate(String who, Result result, int octets) throws IOException {
    if (result.bad() > 0) {
      throw new IOException(who + ": bulk failed: " + result.notes());
    }
    return (double) octets * result.calls() / result.seconds() / 1e6;
  }

  private static double typical(List<Double> rates, boolean lossy) {
    if (lossy) {
      return rates.size() / rates.stream().mapToDouble(r -> 1 / r).sum();
    }
    return rates.stream().mapToDouble(r -> r).max().orElseThrow();
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
