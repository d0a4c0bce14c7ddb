// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** The memory that recvmmsg fills: buffers of 64 KiB, source addresses and control messages. */
final class ReceiveRing {
  private static final long BUFFER = 1 << 16;
  private static final long CONTROL = 128;

  private final LinuxCalls calls;
  private final MemorySegment errno;
  private final AddressCache sources;
  private final AddressCache locals;

  private final Arena arena = Arena.ofShared();
  private final int slots;
  private final MemorySegment messages;
  private final MemorySegment names;
  private final MemorySegment controls;
  private final MemorySegment buffers;
  private final MemorySegment vectors;

  /** What each slot is filled with in place of its own buffer; null for that. */
  private final @Nullable MemorySegment[] given;

  ReceiveRing(
      LinuxCalls calls, MemorySegment errno, AddressCache sources, AddressCache locals, int slots) {
    this.calls = calls;
    this.errno = errno;
    this.sources = sources;
    this.locals = locals;
    this.slots = slots;
    messages = arena.allocate((long) slots * Linux.MMSGHDR, 64);
    names = arena.allocate((long) slots * Linux.NAME, 64);
    controls = arena.allocate(slots * CONTROL, 64);
    buffers = UntouchedMemory.map(arena, slots * BUFFER, calls);
    vectors = arena.allocate((long) slots * Linux.IOVEC, 64);
    given = new MemorySegment[slots];
    for (int i = 0; i < slots; i++) {
      long vector = (long) i * Linux.IOVEC;
      vectors.set(JAVA_LONG, vector + Linux.IOV_BASE, buffers.address() + i * BUFFER);
      vectors.set(JAVA_LONG, vector + Linux.IOV_LEN, BUFFER);
      long message = (long) i * Linux.MMSGHDR;
      messages.set(JAVA_LONG, message + Linux.MSG_NAME, names.address() + (long) i * Linux.NAME);
      messages.set(JAVA_LONG, message + Linux.MSG_IOV, vectors.address() + vector);
      messages.set(JAVA_LONG, message + Linux.MSG_IOVLEN, 1);
      messages.set(JAVA_LONG, message + Linux.MSG_CONTROL, controls.address() + i * CONTROL);
      reset(message);
    }
  }

  int slots() {
    return slots;
  }

  void close() {
    arena.close();
  }

  /**
   * Receives what is there, without waiting; returns the number of entries or the errno, negative.
   */
  int receive(int fd, ReceiveBatch batch) {
    if (batch.takeExchanged()) {
      exchange(batch);
    }
    int count =
        calls.recvmmsg(
            errno, fd, messages.address(), Math.min(batch.capacity(), slots), Linux.MSG_DONTWAIT);
    for (int i = 0; i < count; i++) {
      read(i, batch);
    }
    return count;
  }

  private void exchange(ReceiveBatch batch) {
    for (int i = 0; i < Math.min(batch.capacity(), slots); i++) {
      MemorySegment next = batch.takeNext(i);
      if (next != null) {
        boolean own = next.equals(MemorySegment.NULL);
        if (!own && next.byteSize() < BUFFER) {
          throw new IllegalArgumentException(next.byteSize() + " bytes for a datagram");
        }
        given[i] = own ? null : next;
        long address = own ? buffers.address() + i * BUFFER : next.address();
        vectors.set(JAVA_LONG, (long) i * Linux.IOVEC + Linux.IOV_BASE, address);
      }
    }
  }

  private void read(int i, ReceiveBatch batch) {
    long message = (long) i * Linux.MMSGHDR;
    int length = messages.get(JAVA_INT, message + Linux.MMSG_LEN);
    long at = i * CONTROL;
    long end = at + messages.get(JAVA_LONG, message + Linux.MSG_CONTROLLEN);
    int segmentSize = length;
    InetAddress local = null;
    while (at + Linux.CMSG_DATA <= end) {
      long size = controls.get(JAVA_LONG, at + Linux.CMSG_LEN);
      if (size < Linux.CMSG_DATA || at + size > end) {
        break;
      }
      int level = controls.get(JAVA_INT, at + Linux.CMSG_LEVEL);
      int type = controls.get(JAVA_INT, at + Linux.CMSG_TYPE);
      if (level == Linux.SOL_UDP && type == Linux.UDP_GRO) {
        int gro = controls.get(JAVA_INT, at + Linux.CMSG_DATA);
        if (gro > 0 && gro < length) {
          segmentSize = gro;
        }
      } else if (level == Linux.SOL_IP && type == Linux.IP_PKTINFO) {
        local = ipv4Local(at + Linux.CMSG_DATA);
      } else if (level == Linux.SOL_IPV6 && type == Linux.IPV6_PKTINFO) {
        local = ipv6Local(at + Linux.CMSG_DATA);
      }
      at += (size + 7) & ~7L;
    }
    MemorySegment other = given[i];
    batch.add(
        sources.socketAddress(names, (long) i * Linux.NAME),
        local,
        other == null ? buffers : other,
        other == null ? i * BUFFER : 0,
        length,
        segmentSize);
    reset(message);
  }

  /** The struct in_pktinfo: interface, address to answer from, address in the header. */
  private InetAddress ipv4Local(long at) {
    return locals.address(0, AddressCache.mapped(controls.get(Linux.INT_BE, at + 4)), 0);
  }

  /** The struct in6_pktinfo: address, interface. */
  private @Nullable InetAddress ipv6Local(long at) {
    long high = controls.get(Linux.LONG_BE, at);
    long low = controls.get(Linux.LONG_BE, at + 8);
    if (AddressCache.isMulticast(high)) {
      return null;
    }
    int scope = AddressCache.isLinkLocal(high) ? controls.get(JAVA_INT, at + 16) : 0;
    return locals.address(high, low, scope);
  }

  /** Gives back to the kernel the fields that it changes. */
  private void reset(long message) {
    messages.set(JAVA_INT, message + Linux.MSG_NAMELEN, Linux.NAME);
    messages.set(JAVA_LONG, message + Linux.MSG_CONTROLLEN, CONTROL);
    messages.set(JAVA_INT, message + Linux.MSG_FLAGS, 0);
  }
}
