// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import io.rxrpc.driver.SteppedNet;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;

/** A road on which packets are changed, lost, doubled and delayed, as a seed says. */
final class Damage implements SteppedNet.Road {
  private static final long MS = 1_000_000;

  /** Where the sealed length of a DATA packet is, and a CHALLENGE's and a RESPONSE's beginning. */
  private static final int FRONT = 8;

  private final Random random;
  private final double rate;
  private final double handshakeRate;
  private int done;

  /**
   * @param rate how many of a thousand packets something happens to
   * @param handshakeRate the same of CHALLENGEs and RESPONSEs
   */
  Damage(Random random, int rate, int handshakeRate) {
    this.random = random;
    this.rate = rate / 1000.0;
    this.handshakeRate = handshakeRate / 1000.0;
  }

  /** Packets to which something was done. */
  int done() {
    return done;
  }

  @Override
  public void carry(byte[] datagram, SteppedNet.Arrival arrival) {
    long way = MS + random.nextInt(300_000);
    int type = Header.type(MemorySegment.ofArray(datagram), 0);
    boolean handshake = type == PacketType.CHALLENGE || type == PacketType.RESPONSE;
    if (random.nextDouble() >= (handshake ? handshakeRate : rate)) {
      arrival.after(way, datagram);
      return;
    }
    done++;
    int body = datagram.length - Header.LENGTH;
    switch (random.nextInt(10)) {
      case 0 -> {} // lost
      case 1 -> {
        arrival.after(way, datagram);
        arrival.after(way + random.nextInt(100) * MS, datagram);
      }
      case 2 -> arrival.after(way + random.nextInt(2000) * MS, datagram);
      case 3 -> arrival.after(way, Arrays.copyOf(datagram, random.nextInt(datagram.length)));
      case 4 -> flip(datagram, 0, Header.LENGTH, way, arrival);
      case 5, 6 -> flip(datagram, Header.CHECKSUM, 2, way, arrival);
      case 7 -> flip(datagram, Header.LENGTH, Math.min(FRONT, body), way, arrival);
      case 8 -> flip(datagram, datagram.length - Math.min(1, body), 1, way, arrival);
      default -> flip(datagram, Header.LENGTH, body, way, arrival);
    }
  }

  /** One bit of a part is another one. */
  private void flip(byte[] datagram, int at, int length, long way, SteppedNet.Arrival arrival) {
    byte[] changed = datagram.clone();
    if (length > 0 && at < datagram.length) {
      changed[at + random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
    }
    arrival.after(way, changed);
  }
}
