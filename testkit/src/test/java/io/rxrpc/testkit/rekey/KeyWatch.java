// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.rekey;

import io.rxrpc.testkit.Datagram;
import io.rxrpc.testkit.Fault;
import io.rxrpc.testkit.NetTap;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is seen on the wire of the key numbers of {@link RekeyingSecurity}. */
final class KeyWatch implements NetTap {
  private record Packet(boolean client, int cid, int call, int seq) {}

  private record Side(boolean client, int connection) {}

  private final Map<Packet, Datagram> first = new HashMap<>();
  private final Map<Side, Integer> highest = new HashMap<>();

  /** Packets that went out again. */
  int repeated;

  /** Packets that went out again with a key that was no longer the newest. */
  int repeatedWithAnOldKey;

  /** How far behind the newest key of its side a packet of a client was at most. */
  int clientBehind;

  /** Datagrams with packets of several keys in them. */
  int mixed;

  /** Payloads of CHALLENGEs, and RESPONSEs as they went out. */
  final List<byte[]> challenges = new ArrayList<>();

  final List<Datagram> responses = new ArrayList<>();

  @Override
  public void sent(long now, Datagram d, @Nullable Fault fault) {
    if (d.type() == PacketType.CHALLENGE) {
      challenges.add(Arrays.copyOfRange(d.bytes(), Header.LENGTH, d.length()));
    } else if (d.type() == PacketType.RESPONSE) {
      responses.add(d);
    } else if (d.isData()) {
      List<Datagram> parts = d.parts();
      parts.forEach(this::data);
      if (parts.stream().mapToInt(KeyWatch::key).distinct().count() > 1) {
        mixed++;
      }
    }
  }

  @Override
  public void delivered(long now, Datagram d) {}

  static int key(Datagram d) {
    return Header.checksum(d.memory(), 0);
  }

  private void data(Datagram d) {
    Packet packet = new Packet(d.fromClient(), d.cid(), d.callNumber(), d.seq());
    Side side = new Side(d.fromClient(), Header.connectionId(d.cid()));
    int newest = highest.merge(side, key(d), Math::max);
    Datagram before = first.putIfAbsent(packet, d);
    if (before != null) {
      repeated++;
      repeatedWithAnOldKey += key(d) < newest ? 1 : 0;
      if (key(before) != key(d) || !samePayload(before, d)) {
        throw new AssertionError("sealed again: " + before + ", " + d);
      }
    }
    if (d.fromClient()) {
      clientBehind = Math.max(clientBehind, newest - key(d));
    }
  }

  private static boolean samePayload(Datagram a, Datagram b) {
    return Arrays.equals(
        a.bytes(), Header.LENGTH, a.length(), b.bytes(), Header.LENGTH, b.length());
  }

  /** The newest key that a side has used on any connection. */
  int newest(boolean client) {
    return highest.entrySet().stream()
        .filter(e -> e.getKey().client() == client)
        .mapToInt(Map.Entry::getValue)
        .max()
        .orElse(0);
  }
}
