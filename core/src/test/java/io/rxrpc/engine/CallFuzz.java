// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.fuzz.FuzzInput;
import io.rxrpc.fuzz.FuzzScript;
import io.rxrpc.security.NullSecurity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Calls between two live endpoints, whose datagrams are delivered, lost, doubled, reordered or
 * altered, while both applications and time go on as the script says. At the end the network works
 * again: every call must end, and if nothing was altered every reply must be the request.
 */
public final class CallFuzz {
  private static final int OPEN = 0;
  private static final int DELIVER = 1;
  private static final int DROP = 2;
  private static final int AGAIN = 3;
  private static final int ALTER = 4;
  private static final int TIME = 5;
  private static final int APPLICATION = 6;
  private static final int ALL = 7;
  private static final int MOST_CALLS = 6;

  private final FuzzInput in;
  private final FuzzSide client = new FuzzSide(0);
  private final FuzzSide server = new FuzzSide(1);
  private final TestSecurity security = new TestSecurity(true);
  private final List<App> opened = new ArrayList<>();
  private final List<byte[]> requests = new ArrayList<>();
  private long now = FuzzSide.START;
  private boolean altered;

  private CallFuzz(byte[] data) {
    in = new FuzzInput(data);
    server.serve(52, NullSecurity.INSTANCE);
    server.serve(53, security);
  }

  public static void fuzzerTestOneInput(byte[] data) {
    CallFuzz fuzz = new CallFuzz(data);
    while (fuzz.in.more()) {
      fuzz.step(fuzz.in.u8());
    }
    fuzz.end();
  }

  private void step(int op) {
    FuzzSide from = (op & 8) == 0 ? client : server;
    int which = op >> 4;
    switch (op & 7) {
      case OPEN -> open((op & 8) != 0, in.u16());
      case DELIVER -> deliver(from, which, true);
      case DROP -> {
        if (!from.sent.isEmpty()) {
          from.sent.remove(which % from.sent.size());
        }
      }
      case AGAIN -> deliver(from, which, false);
      case ALTER -> alter(from, which, in.u16(), in.u8());
      case TIME -> pass(1L << in.u8() % 34);
      case APPLICATION -> application(op, which);
      default -> {
        for (int n = from.sent.size(); n > 0; n--) {
          deliver(from, 0, true);
        }
      }
    }
    client.turn(now);
    server.turn(now);
  }

  private void open(boolean secured, int size) {
    if (opened.size() < MOST_CALLS) {
      byte[] request = new byte[size & 0x3fff];
      new Random(size).nextBytes(request);
      App app =
          new App(
              secured
                  ? client.endpoint.open(server.address, 53, security, now)
                  : client.endpoint.open(server.address, 52, NullSecurity.INSTANCE, now));
      app.chunk = 4096;
      client.apps.add(app);
      opened.add(app);
      requests.add(request);
      app.write(request, true, now);
    }
  }

  private void deliver(FuzzSide from, int which, boolean once) {
    if (!from.sent.isEmpty()) {
      int i = which % from.sent.size();
      Packet p = once ? from.sent.remove(i) : from.sent.get(i);
      to(from).datagram(from.address, p.bytes(), now);
      now += FuzzSide.MS / 10;
    }
  }

  private void alter(FuzzSide from, int which, int offset, int value) {
    if (!from.sent.isEmpty()) {
      byte[] bytes = from.sent.get(which % from.sent.size()).bytes();
      altered = true;
      bytes[offset % bytes.length] ^= (byte) value;
    }
  }

  private void application(int op, int which) {
    if ((op & 8) != 0) {
      server.accepts = !server.accepts;
    } else if (!opened.isEmpty()) {
      App app = opened.get(which % opened.size());
      switch (in.u8() & 3) {
        case 0 -> app.call.abort(99, now);
        case 1 -> app.call.ping(now);
        case 2 -> app.reads = !app.reads;
        default -> {
          for (App served : new ArrayList<>(server.apps)) {
            served.call.abort(77, now);
          }
        }
      }
    }
  }

  private FuzzSide to(FuzzSide from) {
    return from == client ? server : client;
  }

  /** Time goes by; what is sent meanwhile stays on its way. */
  private void pass(long nanos) {
    long end = now + nanos;
    for (int steps = 0; steps < 300; steps++) {
      long next = Math.min(client.endpoint.nextTimeout(), server.endpoint.nextTimeout());
      if (next > end || client.sent.size() + server.sent.size() > 2000) {
        break;
      }
      now = Math.max(now, next);
      client.endpoint.timeout(now);
      server.endpoint.timeout(now);
      client.turn(now);
      server.turn(now);
    }
    now = Math.max(now, end);
    client.endpoint.timeout(now);
    server.endpoint.timeout(now);
  }

  private void end() {
    server.accepts = true;
    opened.forEach(app -> app.reads = true);
    for (App app : new ArrayList<>(client.apps)) {
      client.step(app, now);
    }
    for (int rounds = 0; rounds < 20_000 && moving(); rounds++) {
      step(ALL);
      step(ALL | 8);
      if (client.sent.isEmpty() && server.sent.isEmpty()) {
        long next = Math.min(client.endpoint.nextTimeout(), server.endpoint.nextTimeout());
        if (next != Long.MAX_VALUE) {
          now = Math.max(now, next);
          client.endpoint.timeout(now);
          server.endpoint.timeout(now);
          client.turn(now);
          server.turn(now);
        }
      }
    }
    if (moving()) {
      throw new AssertionError("calls that never end");
    }
    for (int i = 0; i < opened.size(); i++) {
      App app = opened.get(i);
      Completion end = app.call.completion();
      if (!altered && end != null && end.ok() && !Arrays.equals(app.bytes(), requests.get(i))) {
        throw new AssertionError("a reply that is not the request");
      }
    }
    client.end(now, true);
    server.end(now, true);
  }

  private boolean moving() {
    return client.endpoint.liveCalls() + server.endpoint.liveCalls() > 0
        || !client.sent.isEmpty()
        || !server.sent.isEmpty();
  }

  public static List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (int secured : new int[] {0, 8}) {
      for (int size : new int[] {0, 200, 5000, 16_000}) {
        FuzzScript plain = new FuzzScript().op(OPEN | secured).u16(size);
        seeds.add(plain.build());
        seeds.add(plain.op(ALL, ALL | 8, ALL, ALL | 8, TIME, 28, ALL, ALL | 8).build());
        seeds.add(
            new FuzzScript()
                .op(OPEN | secured)
                .u16(size)
                .op(DROP, DELIVER | 0x10, AGAIN, ALL, DROP | 8, ALL | 8, TIME, 30, ALL)
                .op(ALTER | 8, 0, 40, 1, ALL | 8, APPLICATION, 1, ALL, TIME, 33)
                .build());
        seeds.add(
            new FuzzScript()
                .op(OPEN | secured)
                .u16(size)
                .op(ALL, ALTER, 0, 21, 4, DELIVER, APPLICATION, 3, ALL | 8, APPLICATION, 0)
                .op(ALTER | 8, 0, 20, 3, ALL | 8)
                .build());
      }
    }
    return seeds;
  }
}
