// SPDX-License-Identifier: Apache-2.0
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
      switch (Header.type(p, 0)) {
        case PacketType.DEBUG -> debugReplies(p, n);
        case PacketType.ABORT -> abort(Abort.code(p, 0), Header.securityIndex(p, 0));
        case PacketType.VERSION -> version(p, n);
        default -> {}
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
    DebugRequest.isBadType(p, 0, n);
    if (n >= DebugStats.LENGTH) {
      DebugStats.packets(p, 0);
      int version = DebugStats.version(p, 0);
      boolean older = true; // what a version has the later ones have too
      for (boolean has :
          new boolean[] {
            DebugStats.hasAllConnections(version),
            DebugStats.hasWaiting(version),
            DebugStats.hasIdleThreads(version),
            DebugStats.hasPeers(version),
            DebugStats.hasWaited(version),
            DebugStats.hasPackets(version)
          }) {
        if (has && !older) {
          throw new AssertionError("a version with gaps");
        }
        older = has;
      }
    }
    if (n >= DebugConnection.LENGTH && !DebugConnection.isEnd(p, 0)) {
      DebugConnection.natMtu(p, 0);
    }
    if (n >= DebugPeer.LENGTH && !DebugPeer.isEnd(p, 0)) {
      DebugPeer.bytesReceived(p, 0);
    }
  }

  /** A code with one name is found again by it; any code by its number. */
  private static void abort(int code, int securityIndex) {
    String name = AbortCodes.name(code);
    if (name != null && name.indexOf('/') < 0 && AbortCodes.name(AbortCodes.parse(name)) == null) {
      throw new AssertionError(name + " is not found again");
    }
    if (AbortCodes.parse(Integer.toString(code)) != code
        || (AbortCodes.name(code, securityIndex) != null && name == null)
        || AbortCodes.describe(code).isEmpty()
        || (AbortCodes.isSecurity(code) && code < 0)) {
      throw new AssertionError("abort code " + code);
    }
  }

  /** The text of a reply comes back as it went, what is not printable as a question mark. */
  private static void version(MemorySegment p, int n) {
    String text = Version.text(p, 0, n);
    MemorySegment reply = MemorySegment.ofArray(new byte[Version.REPLY_LENGTH]);
    String wild = n > Version.REQUEST_LENGTH ? text.replace('?', '\u00e9') : text;
    int length = Version.writeReply(reply, 0, 1, 4, 1, 52, wild);
    String again = Version.text(reply, 0, length);
    if (!text.startsWith(again)) {
      throw new AssertionError(text + " came back as " + again);
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
    for (int code :
        new int[] {
          -1, -5, -452, 1, 101, 110, 19270400, 19270412, 0x4981cb00, 0x4981cb01, 0x4981cb0f
        }) {
      for (int index : new int[] {0, 2, 4, 6}) {
        byte[] abort = new byte[Abort.LENGTH];
        MemorySegment p = MemorySegment.ofArray(abort);
        Header.write(p, 0, 1, 4, 1, 0, 1, PacketType.ABORT, 0, 0, index, 0, 52);
        Abort.write(p, 0, code);
        seeds.add(abort);
      }
    }
    seeds.addAll(debugSeeds());
    Random random = new Random(5);
    for (int i = 0; i < 60; i++) {
      seeds.add(Packets.wellFormed(random));
    }
    return seeds;
  }

  private static List<byte[]> debugSeeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (int length : new int[] {DebugStats.LENGTH, DebugConnection.LENGTH, DebugPeer.LENGTH}) {
      for (int version = 'L'; version <= 'S'; version++) {
        byte[] reply = new byte[length];
        MemorySegment p = MemorySegment.ofArray(reply);
        Header.write(p, 0, 1, 4, 1, 0, 1, PacketType.DEBUG, 0, 0, 0, 0, 0);
        DebugStats.setVersion(p, 0, version);
        seeds.add(reply);
      }
    }
    for (int bytes = 0; bytes < 10; bytes++) {
      byte[] odd = new byte[Header.LENGTH + bytes]; // requests too short, a bad type, an end
      MemorySegment p = MemorySegment.ofArray(odd);
      int type = bytes % 2 == 0 ? PacketType.DEBUG : PacketType.VERSION;
      Header.write(p, 0, 1, 4, 1, 0, 1, type, bytes & 1, 0, 0, 0, 0);
      p.asSlice(Header.LENGTH).fill((byte) (bytes > 6 ? -1 : bytes));
      seeds.add(odd);
    }
    return seeds;
  }
}
