// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.kernel;

import io.rxrpc.ClientCall;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.interop.kernel.Relay.Victims;
import io.rxrpc.interop.kernel.Trial.Protection;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What goes wrong on purpose. */
final class Faults {
  private static final int FIVE_PERCENT = 50;
  private static final Trial SMALL = new Trial(3000, Protection.NONE, 1, 4);

  private final Columns columns;
  private final Consumer<Row> rows;

  Faults(Columns columns, Consumer<Row> rows) {
    this.columns = columns;
    this.rows = rows;
  }

  private void row(String what, Columns.Work work) throws IOException {
    rows.accept(columns.row(what, work));
  }

  void errors() throws IOException {
    row(
        "the server aborts",
        c ->
            c.caller()
                .run(SMALL, c.served().refusing(), Served.REFUSES)
                .allEndedBy(String.valueOf(Served.REFUSAL)));
    row(
        "nobody listens",
        c ->
            c.caller()
                .run(SMALL, c.served().closed(), Served.ECHO)
                .allEndedBy("ECONNREFUSED|NET_ERROR 111"));
    Trial secured = new Trial(3000, Protection.ENCRYPT, 1, 2);
    row(
        "a ticket under another key",
        c -> c.forger().run(secured, c.served().echo(), Served.ECHO).allEndedBy("192704"));
  }

  void ipv6() throws IOException {
    for (int octets : List.of(0, 3000, 1_000_000)) {
      Row row = Row.empty(String.format(Locale.ROOT, "IPv6, %,d octets, 16 at once", octets));
      for (Protection level : List.of(Protection.NONE, Protection.ENCRYPT)) {
        Trial trial = new Trial(octets, level, 16, 16);
        row = row.and(columns.row("", c -> c.caller().run(trial, c.served().echo6(), Served.ECHO)));
      }
      rows.accept(row);
    }
  }

  /** Many fresh connections, on each of which calls begin while it is secured. */
  void freshConnections(int times) throws IOException {
    row(
        times + " fresh connections, 8 secured calls at once on each",
        c -> {
          Result all = Result.NOTHING;
          for (int i = 0; i < times; i++) {
            all = all.and(c.echo(new Trial(5, Protection.ENCRYPT, 8, 16)));
          }
          return all;
        });
  }

  void handshake() throws IOException {
    lost("the CHALLENGE is lost", Victims.challenges(1), Protection.ENCRYPT);
    lost("the RESPONSE is lost", Victims.responses(1), Protection.ENCRYPT);
    lost("the RESPONSE is lost twice", Victims.responses(2), Protection.ENCRYPT);
  }

  void holes() throws IOException {
    Trial one = new Trial(5, Protection.NONE, 1, 1);
    for (int times = 1; times <= 3; times++) {
      lost("a request of one packet is lost, " + times + "x", Victims.ofRequest(1, times), one);
      lost(
          "DATA 2 of the request is lost, " + times + "x",
          Victims.ofRequest(2, times),
          Protection.NONE);
      lost(
          "DATA 2 of the reply is lost, " + times + "x",
          Victims.ofReply(2, times),
          Protection.NONE);
    }
  }

  private void lost(String what, Victims victims, Protection level) throws IOException {
    lost(what, victims, new Trial(6000, level, 1, 1));
  }

  private void lost(String what, Victims victims, Trial trial) throws IOException {
    row(
        what,
        c -> {
          try (Relay relay = Relay.open(c.served().echo(), victims)) {
            return c.caller().run(trial, relay.address(), Served.ECHO);
          }
        });
  }

  void randomLoss() throws IOException {
    for (Protection level : List.of(Protection.NONE, Protection.ENCRYPT)) {
      Trial small = new Trial(3000, level, 8, 200);
      Trial large = new Trial(1_000_000, level, 4, 4);
      Loss.during(
          FIVE_PERCENT,
          1 + level.ordinal(),
          () -> {
            row("5 % lost both ways, 3,000 octets, " + level.label(), c -> c.echo(small));
            row("5 % lost both ways, 1,000,000 octets, " + level.label(), c -> c.echo(large));
          });
    }
  }

  /** Half of a request, nothing for longer than Linux bears, and the rest. */
  void pauses() throws IOException {
    RxrpcAddress to = new RxrpcAddress(columns.toKernel().served().echo(), Served.ECHO);
    Result result;
    try (RxrpcEndpoint endpoint = OurClient.open(to.transport().getAddress())) {
      result =
          OurClient.calls(
              4,
              4,
              i -> {
                byte[] half = new byte[3000];
                try (ClientCall call =
                    endpoint.begin(to, OurClient.options(Protection.NONE, LabKeys.HEX))) {
                  call.write(half, 0, half.length);
                  call.request().flush();
                  pause(Duration.ofSeconds(3));
                  call.write(half, 0, half.length);
                  return call.readAll(1 << 20).length == 2 * half.length;
                }
              });
    }
    Row row = Row.empty("a request pauses for 3 s");
    rows.accept(new Row(row.what(), result, row.fromKernel(), row.kernelsTo(), row.kernelsFrom()));
  }

  /** The application takes its time: that is what is tried here. */
  private static void pause(Duration time) throws IOException {
    try {
      boolean never = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
      assert !never;
    } catch (InterruptedException e) {
      throw (IOException) new InterruptedIOException("interrupted").initCause(e);
    }
  }

  /** A server that is stopped and started while it is called. */
  interface Restart {
    void stop() throws IOException;

    void start() throws IOException;
  }

  /** Calls under way may fail, but end, and those after it succeed. */
  Result restart(Column column, Restart server) throws IOException {
    Trial during = new Trial(100_000, Protection.AUTH, 8, 400);
    CompletableFuture<Result> calls =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return column.echo(during);
              } catch (IOException e) {
                return new Result(1, 0, 1, 0, 0, 0, List.of(e.toString()));
              }
            });
    pause(Duration.ofMillis(700));
    server.stop();
    pause(Duration.ofMillis(300));
    server.start();
    Result interrupted = calls.join();
    Result ended = interrupted.failuresAllowed();
    return ended.and(column.echo(new Trial(3000, Protection.AUTH, 4, 8)));
  }
}
