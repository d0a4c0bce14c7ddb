package io.rxrpc.engine;

import io.rxrpc.fuzz.FuzzInput;
import io.rxrpc.fuzz.FuzzScript;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PcapReader;
import io.rxrpc.wire.PcapReader.Datagram;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Datagrams from four strangers to a server, and time between them. */
public final class ServerFuzz {
  static final int SERVICE = 52;
  static final int SECURED = 53;
  private static final int SERVICE_AT = 26;
  private static final int TIME = 4;
  private static final int ACCEPT = 5;
  private static final int EXPIRE = 6;

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
            server.sent.clear();
          }
        }
        case TIME -> now = server.pass(now, now + (1L << in.u8() % 35));
        case ACCEPT -> server.accepts = (op & 8) != 0;
        case EXPIRE -> atOnce = false;
        default -> {
          server.turn(now);
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
    seeds.add(new FuzzScript().op(ACCEPT).bytes(conversation(false, 10)).op(TIME, 33).build());
    return seeds;
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
