// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.flip;

import io.rxrpc.testkit.Datagram;
import io.rxrpc.testkit.Saboteur;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Flips one bit of one datagram of a call. */
final class Flip implements Saboteur {
  /** Which datagrams it waits for. */
  enum Target {
    CHALLENGE,
    RESPONSE,
    REQUEST,
    REPLY,
    /** ACKs above all. */
    OTHER;

    boolean is(Datagram d) {
      return switch (this) {
        case CHALLENGE -> d.type() == PacketType.CHALLENGE;
        case RESPONSE -> d.type() == PacketType.RESPONSE;
        case REQUEST -> d.isData() && d.fromClient();
        case REPLY -> d.isData() && !d.fromClient();
        case OTHER ->
            !d.isData() && d.type() != PacketType.CHALLENGE && d.type() != PacketType.RESPONSE;
      };
    }
  }

  private final Target target;
  private final RandomGenerator random;
  private int skip;
  private @Nullable Datagram original;
  private int bit;

  /**
   * @param skip how many of its targets pass untouched
   */
  Flip(Target target, int skip, RandomGenerator random) {
    this.target = target;
    this.skip = skip;
    this.random = random;
  }

  @Override
  public List<Datagram> incoming(long now, Datagram d) {
    if (original != null || !target.is(d) || skip-- > 0) {
      return List.of(d);
    }
    original = d;
    byte[] bytes = d.bytes().clone();
    // half of them in the header, which is the smaller part by far
    int bound = random.nextBoolean() ? Header.LENGTH : bytes.length;
    bit = random.nextInt(8 * bound);
    bytes[bit >>> 3] ^= mask();
    return List.of(d.with(bytes));
  }

  Target target() {
    return target;
  }

  /** Whether there was such a datagram. */
  boolean struck() {
    return original != null;
  }

  /** What it flipped a bit of, as it was. */
  Datagram original() {
    Datagram d = original;
    if (d == null) {
      throw new IllegalStateException("no such datagram came");
    }
    return d;
  }

  /** Which byte of the datagram. */
  int at() {
    return bit >>> 3;
  }

  /** Which bit of the byte. */
  byte mask() {
    return (byte) (0x80 >>> (bit & 7));
  }

  @Override
  public String toString() {
    return target + (struck() ? " byte " + at() + " of " + original : " never came");
  }
}
