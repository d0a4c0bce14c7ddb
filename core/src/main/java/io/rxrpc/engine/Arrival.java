// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.packet.Block;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The datagram that has arrived, on its way through the rooms. One object serves for all datagrams
 * of an endpoint, so nobody keeps it; the memory is read, never changed, and kept only where
 * it is {@link #lent}.
 */
final class Arrival {
  private long now;
  private @Nullable InetSocketAddress from;
  private @Nullable InetAddress to;
  private boolean unbound;
  private MemorySegment memory = MemorySegment.NULL;
  private long at;
  private int length;
  private boolean malformed;

  /** The block that it lies in, if it may be kept there. */
  private @Nullable Block lent;

  Arrival set(
      long now,
      InetSocketAddress from,
      @Nullable InetAddress to,
      MemorySegment memory,
      long at,
      int length,
      boolean malformed) {
    lent = null;
    this.now = now;
    this.from = from;
    this.to = to;
    unbound = false;
    this.memory = memory;
    this.at = at;
    this.length = length;
    this.malformed = malformed;
    return this;
  }

  /** It lies in a block in which it may be kept, or null. */
  Arrival lent(@Nullable Block block) {
    lent = block;
    return this;
  }

  /** Answers to it leave from the address that the system chooses. */
  Arrival unbound() {
    unbound = true;
    return this;
  }

  /** When it arrived. */
  long now() {
    return now;
  }

  /** Who sent it. */
  InetSocketAddress from() {
    InetSocketAddress f = from;
    if (f == null) {
      throw new IllegalStateException("nothing has arrived");
    }
    return f;
  }

  /** The local address it was sent to, if known; answers leave from there. */
  @Nullable InetAddress to() {
    return unbound ? null : to;
  }

  /** The local address it was sent to, if known, wherever answers leave from. */
  @Nullable InetAddress reached() {
    return to;
  }

  MemorySegment memory() {
    return memory;
  }

  /** Where in {@link #memory()} the header begins. */
  long at() {
    return at;
  }

  /** Bytes of the datagram. */
  int length() {
    return length;
  }

  /** The block that it lies in, where what is kept of it need not be copied; else null. */
  @Nullable Block lent() {
    return lent;
  }

  /** Whether the checks of its layout have failed in a way that deserves an answer. */
  boolean malformed() {
    return malformed;
  }

  int epoch() {
    return Header.epoch(memory, at);
  }

  int cid() {
    return Header.cid(memory, at);
  }

  /** The connection id without the channel. */
  int connectionId() {
    return Header.connectionId(cid());
  }

  int callNumber() {
    return Header.callNumber(memory, at);
  }

  int serial() {
    return Header.serial(memory, at);
  }

  int type() {
    return Header.type(memory, at);
  }

  int flags() {
    return Header.flags(memory, at);
  }

  int securityIndex() {
    return Header.securityIndex(memory, at);
  }

  int serviceId() {
    return Header.serviceId(memory, at);
  }

  /** Whether it has the flag by which a packet asks for an ACK. */
  boolean asksForAck() {
    return (flags() & Flags.REQUEST_ACK) != 0;
  }
}
