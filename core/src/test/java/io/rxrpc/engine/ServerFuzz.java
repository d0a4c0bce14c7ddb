// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.fuzz.FuzzInput;
import io.rxrpc.fuzz.FuzzScript;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import io.rxrpc.wire.PcapReader;
import io.rxrpc.wire.PcapReader.Datagram;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Datagrams from five strangers to a server, time between them, and what its host does. */
public final class ServerFuzz {
  static final int SERVICE = 52;
  static final int SECURED = 53;
  private static final int UPGRADED = 54;
  private static final int ADMITTING = 55;
  private static final int SERVICE_AT = 26;
  private static final int TIME = 4;
  private static final int ACCEPT = 5;
  private static final int EXPIRE = 6;
  private static final int HOST = 7;

  private static final InetSocketAddress[] STRANGERS = new InetSocketAddress[5];

  static {
    for (int i = 0; i < STRANGERS.length; i++) {
      STRANGERS[i] = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9000 + i);
    }
  }

  private ServerFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    FuzzInput in = new FuzzInput(data);
    FuzzSide server = new FuzzSide(0);
    server.serve(SERVICE, NullSecurity.INSTANCE);
    server.serve(SECURED, new TestSecurity(true));
    server.serve(UPGRADED, NullSecurity.INSTANCE).upgradeTo(SERVICE);
    Admission places = new Admission();
    places.add(2);
    server.serve(ADMITTING, NullSecurity.INSTANCE).admit(places);
    server.endpoint.allowDebug(1);
    boolean atOnce = true;
    long now = FuzzSide.START;
    while (in.more()) {
      int op = in.u8();
      switch (op & 7) {
        case 0, 1, 2, 3 -> {
          byte[] datagram = FuzzSide.datagram(in);
          server.datagram(STRANGERS[(op >> 3 & 7) % STRANGERS.length], datagram, now);
          if ((op & 7) != 0) {
            server.turn(now);
            if ((op & 0x40) != 0) {
              server.answerPing(now);
              server.turn(now);
            }
            server.sent.clear();
          }
        }
        case TIME -> now = server.pass(now, now + (1L << in.u8() % 35));
        case ACCEPT -> server.accepts = (op & 8) != 0;
        case EXPIRE -> atOnce = false;
        default -> {
          server.host(op >> 3 & 7, in, STRANGERS[(op >> 6 & 3)], now);
          server.sent.clear();
        }
      }
    }
    server.end(now, atOnce);
  }

  /** What clients sent in captures, and a client of ours in its calls. */
  public static List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (String name :
        List.of(
            "01-noauth-vos-listvldb",
            "03-rxdebug",
            "05-rxkad-aes213-crypt-vos",
            "14-abort-noauth-vos-create",
            "30-rxperf-rxkad-crypt-rpc",
            "33-rxperf-null-send-100k-nojumbo",
            "linux-rxkad-2")) {
      FuzzScript s = new FuzzScript();
      for (Datagram d : PcapReader.capture(name)) {
        byte[] p = d.payload();
        if ((Header.flags(d.memory(), 0) & 1) != 0 && s.size() < 500) {
          boolean secured = p[Header.SECURITY_INDEX] != 0;
          p[Header.SECURITY_INDEX] = secured ? (byte) TestSecurity.INDEX : 0;
          p[SERVICE_AT] = 0;
          p[SERVICE_AT + 1] = (byte) (secured ? SECURED : SERVICE);
          s.datagram(1, p);
        }
      }
      seeds.add(s.build());
      seeds.add(s.op(TIME, 32, EXPIRE).build());
    }
    for (boolean secured : new boolean[] {false, true}) {
      for (int size : new int[] {0, 100, 1500, 4000}) {
        seeds.add(conversation(secured, size));
      }
    }
    for (int what = 0; what < 16; what++) {
      seeds.add(disturbed(HOST | 6 << 3, what)); // what happens to a call
      seeds.add(disturbed(HOST | (what & 7) << 3, what << 4)); // and to its endpoint
      seeds.add(new FuzzScript().op(ACCEPT).bytes(disturbed(HOST | 7 << 3, what)).build());
    }
    for (int service = SERVICE; service <= ADMITTING; service++) {
      seeds.add(crowd(service));
    }
    seeds.add(new FuzzScript().op(ACCEPT).bytes(conversation(false, 10)).op(TIME, 33).build());
    return seeds;
  }

  /** A conversation with something between its first packet and the others. */
  private static byte[] disturbed(int op, int value) {
    byte[] whole = conversation(false, 4000);
    FuzzScript s = new FuzzScript().datagram(1, first(SERVICE)).op(op, value, 1, 0, 0);
    return s.op(TIME, 30).bytes(whole).op(op, value, 1, 2, 3, TIME, 33).build();
  }

  /** More callers than there is room for, of whom the later must answer a PING first. */
  private static byte[] crowd(int service) {
    FuzzScript s = new FuzzScript();
    for (int i = 0; i < 12; i++) {
      byte[] first = first(service);
      first[Header.CID + 2] = (byte) i;
      first[Header.USER_STATUS] = (byte) (i & 1);
      s.datagram(1 | (i % 5) << 3 | 0x40, first).datagram(1 | (i % 5) << 3, first);
    }
    return s.op(TIME, 33, EXPIRE).build();
  }

  private static byte[] first(int service) {
    byte[] p = new byte[Header.LENGTH + 4];
    int flags = Flags.CLIENT_INITIATED | Flags.LAST_PACKET;
    Header.write(
        MemorySegment.ofArray(p), 0, 77, 16, 1, 1, 1, PacketType.DATA, flags, 0, 0, 0, service);
    return p;
  }

  private static byte[] conversation(boolean secured, int size) {
    Pipe pipe =
        new Pipe(FuzzSide.TUNABLES, secured ? new TestSecurity(true) : NullSecurity.INSTANCE);
    App app =
        pipe.open(Pipe.SERVICE, secured ? (TestSecurity) pipe.security : NullSecurity.INSTANCE);
    app.write(Pipe.bytes(size), true, pipe.now);
    pipe.pass(5000 * FuzzSide.MS);
    FuzzScript s = new FuzzScript();
    for (Packet p : pipe.client.sent) {
      byte[] bytes = p.bytes();
      bytes[SERVICE_AT + 1] = (byte) (secured ? SECURED : SERVICE);
      s.datagram(1, bytes).op(TIME, 20);
    }
    return s.op(EXPIRE).build();
  }
}
