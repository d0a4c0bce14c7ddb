// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.fuzz.FuzzInput;
import io.rxrpc.fuzz.FuzzScript;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PcapReader;
import io.rxrpc.wire.PcapReader.Datagram;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * A client with calls in the making, and everything that a server, or somebody in its place, may
 * send. A fuzzer need not guess the connection: most datagrams are given the numbers of a call.
 */
public final class ClientFuzz {
  private static final int RAW = 0;
  private static final int OPEN = 3;
  private static final int TIME = 4;
  private static final int ABORT = 5;
  private static final int EXPIRE = 6;
  private static final int MOST_CALLS = 12;
  private static final int HOST = 7;
  private static final InetSocketAddress SERVER =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 9000);

  private ClientFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    FuzzInput in = new FuzzInput(data);
    FuzzSide client = new FuzzSide(0);
    List<App> opened = new ArrayList<>();
    boolean atOnce = true;
    long now = FuzzSide.START;
    while (in.more()) {
      int op = in.u8();
      switch (op & 7) {
        case RAW, 1, 2 -> {
          byte[] datagram = FuzzSide.datagram(in);
          if ((op & 7) != RAW && !opened.isEmpty()) {
            address(datagram, opened.get((op >> 3 & 7) % opened.size()), (op & 0x40) != 0);
          }
          client.datagram(SERVER, datagram, now);
          if ((op & 0x80) == 0) {
            client.turn(now);
            client.sent.clear();
          }
        }
        case OPEN -> open(client, opened, op, in.u8(), now);
        case TIME -> now = client.pass(now, now + (1L << in.u8() % 35));
        case ABORT -> {
          if (!opened.isEmpty()) {
            opened.get((op >> 3) % opened.size()).call.abort(1 + in.u8(), now);
            client.turn(now);
          }
        }
        case EXPIRE -> atOnce = false;
        default -> {
          if (op >> 4 == 0) {
            client.endpoint.peerError(now, SERVER, in.u8(), (op & 8) != 0, in.u16());
          } else {
            client.host(op >> 4 & 7, in, SERVER, now);
            client.sent.clear();
          }
        }
      }
    }
    client.end(now, atOnce);
  }

  private static void open(FuzzSide client, List<App> opened, int op, int size, long now) {
    if (opened.size() < MOST_CALLS) {
      boolean secured = (op & 8) != 0;
      Call call =
          client.endpoint.open(
              SERVER,
              52,
              secured ? new TestSecurity(true) : NullSecurity.INSTANCE,
              new CallWishes((op & 16) != 0, (op & 32) != 0, null),
              now);
      App app = new App(call);
      app.chunk = 4096;
      client.apps.add(app);
      opened.add(app);
      app.write(new byte[size * 40], (op & 64) == 0, now);
    }
    client.turn(now);
    client.sent.clear();
  }

  private static void address(byte[] datagram, App app, boolean connectionOnly) {
    if (datagram.length >= Header.LENGTH) {
      MemorySegment p = MemorySegment.ofArray(datagram);
      Header.write(
          p,
          0,
          app.call.epoch(),
          app.call.cid(),
          connectionOnly ? 0 : app.call.number(),
          Header.seq(p, 0),
          Header.serial(p, 0),
          Header.type(p, 0),
          Header.flags(p, 0) & ~1,
          Header.userStatus(p, 0),
          app.call.securityIndex(),
          Header.checksum(p, 0),
          Header.serviceId(p, 0));
    }
  }

  /** What servers sent in captures, and a server of ours in calls. */
  public static List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (String name :
        List.of(
            "01-noauth-vos-listvldb",
            "03-rxdebug",
            "05-rxkad-aes213-crypt-vos",
            "14-abort-noauth-vos-create",
            "30-rxperf-rxkad-crypt-rpc",
            "32-rxperf-null-recv-100k-jumbo",
            "33-rxperf-null-send-100k-nojumbo",
            "linux-rxkad-2")) {
      FuzzScript s = new FuzzScript().op(OPEN, 100);
      for (Datagram d : PcapReader.capture(name)) {
        if ((Header.flags(d.memory(), 0) & 1) == 0 && s.size() < 500) {
          int call = Header.callNumber(d.memory(), 0);
          s.datagram(call == 0 ? 0x41 : 1, d.payload());
        }
      }
      seeds.add(s.build());
      seeds.add(s.op(TIME, 32, EXPIRE).build());
    }
    for (boolean secured : new boolean[] {false, true}) {
      for (int size : new int[] {0, 3, 40, 255}) {
        seeds.add(conversation(secured, size, OPEN));
        seeds.add(conversation(secured, size, OPEN | 32));
      }
    }
    for (int errno : new int[] {111, 113, 101, 90, 105}) {
      seeds.add(new FuzzScript().op(OPEN, 100, 7, errno, 2, 0x40, TIME, 30, EXPIRE).build());
    }
    for (int value = 0; value < 16; value++) {
      for (int what = 1; what <= 6; what++) {
        seeds.add(disturbed(what, value << (value & 4)));
      }
    }
    FuzzScript crowd = new FuzzScript();
    for (int i = 0; i < MOST_CALLS; i++) {
      crowd.op(OPEN | (i == 9 ? 16 : 0), i);
    }
    seeds.add(crowd.build());
    seeds.add(crowd.bytes(conversation(false, 3, TIME)).op(ABORT, 1, ABORT | 8, 2, EXPIRE).build());
    return seeds;
  }

  /** A conversation with something before it, and idle time in which the peer is probed. */
  private static byte[] disturbed(int what, int value) {
    return new FuzzScript()
        .op(OPEN, 3, HOST | 6 << 4, 3) // kept alive
        .op(HOST | what << 4, value, 1, 2, 3)
        .bytes(conversation(false, 3, OPEN))
        .op(TIME, 33, TIME, 33, HOST | 4 << 4, 1, 0, 0)
        .op(HOST | what << 4, value, 1, 0, 0, EXPIRE)
        .build();
  }

  private static byte[] conversation(boolean secured, int size, int open) {
    Pipe pipe =
        new Pipe(FuzzSide.TUNABLES, secured ? new TestSecurity(true) : NullSecurity.INSTANCE);
    App app =
        pipe.open(Pipe.SERVICE, secured ? (TestSecurity) pipe.security : NullSecurity.INSTANCE);
    app.write(new byte[size * 40], true, pipe.now);
    pipe.pass(5000 * FuzzSide.MS);
    FuzzScript s = new FuzzScript().op(open | (secured ? 8 : 0), size);
    for (Packet p : pipe.server.sent) {
      s.datagram(p.callNumber() == 0 ? 0x41 : 1, p.bytes()).op(TIME, 20);
    }
    return s.op(EXPIRE).build();
  }
}
