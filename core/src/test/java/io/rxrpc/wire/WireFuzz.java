package io.rxrpc.wire;

import io.rxrpc.wire.Vectors.Exchange;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One datagram: the check, the readers behind it, and the text of the trace. */
public final class WireFuzz {
  private WireFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    MemorySegment p = MemorySegment.ofArray(data); // it ends where the packet ends
    int n = data.length;
    Malformed malformed = PacketCheck.check(p, 0, n);
    if (malformed == Malformed.NONE) {
      Readers.readAll(p, 0, n);
      if (Header.type(p, 0) == PacketType.DEBUG) {
        debugReplies(p, n);
      }
      MemorySegment copy = MemorySegment.ofArray(new byte[Header.LENGTH]);
      Readers.rewriteHeader(p, copy);
      int unknown = Header.flags(p, 0) & ~Flags.KNOWN; // they do not go out
      if (Readers.header(p, 0) - unknown != Readers.header(copy, 0)) {
        throw new AssertionError("a header that does not survive being written");
      }
    }
    if (PacketText.line(p, 0, n).isEmpty()) {
      throw new AssertionError("a packet without a text");
    }
  }

  /** Whoever asked tells the replies apart by what was asked: any of them may be read. */
  private static void debugReplies(MemorySegment p, int n) {
    if (n >= DebugStats.LENGTH) {
      DebugStats.packets(p, 0);
    }
    if (n >= DebugConnection.LENGTH) {
      DebugConnection.natMtu(p, 0);
    }
    if (n >= DebugPeer.LENGTH) {
      DebugPeer.bytesReceived(p, 0);
    }
  }

  /** Every packet of the vectors and of some captures, and well-formed ones of each type. */
  public static List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (String name : List.of("openafs_server_behaviour", "rxkad_exchanges")) {
      for (Exchange exchange : Vectors.exchanges(name)) {
        exchange.packets().forEach(packet -> seeds.add(packet.udp()));
      }
    }
    for (String name : List.of("03-rxdebug", "32-rxperf-null-recv-100k-jumbo", "linux-rxkad-2")) {
      PcapReader.capture(name).forEach(datagram -> seeds.add(datagram.payload()));
    }
    Random random = new Random(5);
    for (int i = 0; i < 60; i++) {
      seeds.add(Packets.wellFormed(random));
    }
    return seeds;
  }
}
