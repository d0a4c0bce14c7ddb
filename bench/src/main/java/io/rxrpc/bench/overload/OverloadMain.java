// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.overload;

import io.rxrpc.RxrpcAddress;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * {@code ./build overload}: a server, honest clients, and in between a flood of first packets with
 * false addresses. Ends 0 if 99 of 100 honest calls took less than a second and none failed.
 */
final class OverloadMain {
  private static final long SECOND = 1_000_000_000L;
  private static final int STEADY = 4;

  private int seconds = 30;
  private int rate = 20_000;
  private int service = VictimMain.BULK;

  private OverloadMain() {}

  /** Takes {@code --seconds N --rate N --small}. */
  public static void main(String[] args) throws IOException, InterruptedException {
    OverloadMain main = new OverloadMain();
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--seconds" -> main.seconds = Integer.parseInt(args[++i]);
        case "--rate" -> main.rate = Integer.parseInt(args[++i]);
        case "--small" -> main.service = VictimMain.ECHO;
        default -> {
          System.err.println(
              "./build overload [--seconds N] [--rate PACKETS-A-SECOND] [--small]\n"
                  + "  --small: the false requests ask for small replies, not for 100 kB");
          System.exit(2);
        }
      }
    }
    System.exit(main.run());
  }

  private int run() throws IOException, InterruptedException {
    Process victim =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                VictimMain.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = victim.inputReader(StandardCharsets.UTF_8);
        BufferedWriter in = victim.outputWriter(StandardCharsets.UTF_8)) {
      int port = Integer.parseInt(out.readLine());
      InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      return run(server, in, out);
    } finally {
      victim.destroy();
    }
  }

  private int run(InetSocketAddress server, BufferedWriter in, BufferedReader out)
      throws IOException, InterruptedException {
    Honest known = new Honest("known");
    Honest fresh = new Honest("newcomers");
    RxrpcAddress echo = new RxrpcAddress(server, VictimMain.ECHO);
    for (int i = 0; i < STEADY; i++) {
      Thread _ = known.steady(echo);
    }
    Thread _ = fresh.newcomers(echo);
    TimeUnit.SECONDS.sleep(5); // warm-up
    known.reset();
    fresh.reset();
    TimeUnit.SECONDS.sleep(5);
    print("before", known, fresh, in, out);
    boolean good;
    try (Flood flood = new Flood(server, service, rate)) {
      known.reset();
      fresh.reset();
      long begin = System.nanoTime();
      flood.start();
      for (int third = 1; third <= 3; third++) {
        TimeUnit.NANOSECONDS.sleep(begin + (long) third * seconds * SECOND / 3 - System.nanoTime());
        System.out.printf("  after %d s: %s%n", third * seconds / 3, ask(in, out));
      }
      double took = (System.nanoTime() - begin) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "flood: %,d first packets in %.0f s (%,.0f a second, %,d bytes) drew %,d packets,"
              + " %,d bytes%n",
          flood.sent(),
          took,
          flood.sent() / took,
          flood.sentBytes(),
          flood.drawn(),
          flood.drawnBytes());
      print("during", known, fresh, in, out);
      good =
          known.p99() < SECOND && fresh.p99() < SECOND && known.failures() + fresh.failures() == 0;
    }
    known.reset();
    fresh.reset();
    TimeUnit.SECONDS.sleep(5);
    print("after", known, fresh, in, out);
    known.stop();
    fresh.stop();
    System.out.println(good ? "Honest clients were served." : "Honest clients were NOT served.");
    return good ? 0 : 1;
  }

  private static void print(
      String when, Honest known, Honest fresh, BufferedWriter in, BufferedReader out)
      throws IOException {
    System.out.println(when + ":");
    System.out.println("  " + known.line());
    System.out.println("  " + fresh.line());
    System.out.println("  server: " + ask(in, out));
  }

  private static String ask(BufferedWriter in, BufferedReader out) throws IOException {
    in.write('?');
    in.flush();
    return String.valueOf(out.readLine());
  }
}
