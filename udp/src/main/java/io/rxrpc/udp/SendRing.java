// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one sendmmsg: built from the entries of a batch, where an entry too long for one
 * train becomes several messages, and neighbours that fit together become one. Guarded by the lock
 * of the sender.
 */
final class SendRing {
  static final int MESSAGES = 64;
  private static final int VECTORS = 1024;

  /** For one UDP_SEGMENT (24 bytes) and one packet info of either family (32 or 40 bytes). */
  private static final int CONTROL = 64;

  private final boolean ipv6;
  private final boolean segmentation;
  private final TrainRefusals refusals;
  private final AddressCodes destinations = new AddressCodes(1024);
  private final AddressCodes origins = new AddressCodes(64);
  private final MemorySegment messages;
  private final MemorySegment names;
  private final MemorySegment controls;
  private final MemorySegment vectors;

  /** Where in the batch the sender stands after each message: the entry, and bytes of it done. */
  private final int[] nextEntry = new int[MESSAGES];

  private final int[] nextDone = new int[MESSAGES];
  private final int[] segments = new int[MESSAGES];
  private final int[] segmentSizes = new int[MESSAGES];

  // The state of the build under way.
  private int entry;
  private int done;
  private int usedVectors;

  SendRing(boolean ipv6, boolean segmentation, TrainRefusals refusals, Arena arena) {
    this.ipv6 = ipv6;
    this.segmentation = segmentation;
    this.refusals = refusals;
    messages = arena.allocate((long) MESSAGES * Linux.MMSGHDR, 64);
    names = arena.allocate((long) MESSAGES * Linux.NAME, 64);
    controls = arena.allocate((long) MESSAGES * CONTROL, 64);
    vectors = arena.allocate((long) VECTORS * Linux.IOVEC, 64);
    for (int i = 0; i < MESSAGES; i++) {
      long message = (long) i * Linux.MMSGHDR;
      messages.set(JAVA_LONG, message + Linux.MSG_NAME, names.address() + (long) i * Linux.NAME);
      messages.set(JAVA_LONG, message + Linux.MSG_CONTROL, controls.address() + (long) i * CONTROL);
    }
  }

  long address() {
    return messages.address();
  }

  /** The entry to go on with after this message has left. */
  int nextEntry(int message) {
    return nextEntry[message];
  }

  /** How many bytes of {@link #nextEntry} have left with this message and before. */
  int nextDone(int message) {
    return nextDone[message];
  }

  /** How many datagrams this message is. */
  int segments(int message) {
    return segments[message];
  }

  /** The bytes of each datagram of this message; the last may be shorter. */
  int segmentSize(int message) {
    return segmentSizes[message];
  }

  /** Whether the destination is one of IPv4. */
  boolean isIpv4(InetSocketAddress to) {
    return destinations.isIpv4(destinations.slot(to.getAddress()));
  }

  /**
   * Why this entry cannot be put into a message at all, or null.
   *
   * @return the errno
   */
  @Nullable Errno refusal(SendBatch batch, int i) {
    boolean ipv4 = isIpv4(batch.to(i));
    if (!ipv4 && !ipv6) {
      return Errno.EAFNOSUPPORT;
    }
    InetAddress from = batch.from(i);
    if (from != null && origins.isIpv4(origins.slot(from)) != ipv4) {
      return Errno.EINVAL;
    }
    return null;
  }

  /**
   * Builds messages from this place in the batch on, for as long as the entries go to one address
   * family and agree on DF: these are options of the socket, not of a message.
   *
   * @return how many, at least 1 when the first entry has no {@link #refusal}
   */
  int build(SendBatch batch, int firstEntry, int firstDone) {
    boolean ipv4 = isIpv4(batch.to(firstEntry));
    boolean dontFragment = batch.dontFragment(firstEntry);
    entry = firstEntry;
    done = firstDone;
    usedVectors = 0;
    int count = 0;
    while (count < MESSAGES
        && usedVectors + Linux.MOST_SEGMENTS <= VECTORS
        && entry < batch.size()
        && batch.dontFragment(entry) == dontFragment
        && refusal(batch, entry) == null
        && isIpv4(batch.to(entry)) == ipv4) {
      message(batch, count, ipv4);
      nextEntry[count] = entry;
      nextDone[count] = done;
      count++;
    }
    return count;
  }

  private void message(SendBatch batch, int index, boolean ipv4) {
    InetSocketAddress to = batch.to(entry);
    InetAddress from = batch.from(entry);
    long header = (long) index * Linux.MMSGHDR;
    int firstVector = usedVectors;
    int bytes = 0;
    int segment = Math.min(batch.segmentSize(entry), batch.length(entry) - done);
    if (segment > 0) {
      bytes = gather(batch, to, from, segment);
    } else {
      entry++;
    }
    int count = segment == 0 ? 1 : (bytes + segment - 1) / segment;
    segments[index] = count;
    segmentSizes[index] = segment;
    messages.set(JAVA_INT, header + Linux.MSG_NAMELEN, name((long) index * Linux.NAME, to));
    messages.set(
        JAVA_LONG, header + Linux.MSG_IOV, vectors.address() + (long) firstVector * Linux.IOVEC);
    messages.set(JAVA_LONG, header + Linux.MSG_IOVLEN, usedVectors - firstVector);
    long start = (long) index * CONTROL;
    long end = start;
    if (from != null) {
      end = packetInfo(end, from, ipv4);
    }
    if (count > 1) {
      end = udpSegment(end, segment);
    }
    messages.set(JAVA_LONG, header + Linux.MSG_CONTROLLEN, end - start);
  }

  /** Collects the bytes of one train or single datagram, and moves on in the batch. */
  private int gather(
      SendBatch batch, InetSocketAddress to, @Nullable InetAddress from, int segment) {
    boolean train =
        segmentation && !batch.isApart(entry) && !refusals.refuses(to.getAddress(), segment);
    int most = train ? Linux.MOST_SEGMENTS : 1;
    most = Math.max(1, Math.min(most, Linux.LARGEST_PAYLOAD / segment)) * segment;
    boolean dontFragment = batch.dontFragment(entry);
    int bytes = 0;
    do {
      int left = batch.length(entry) - done;
      int taken = Math.min(left, most - bytes);
      vector(batch, taken, bytes > 0);
      bytes += taken;
      if (taken < left) {
        done += taken;
        break;
      }
      entry++;
      done = 0;
      // Only the last datagram of a train may be shorter.
    } while (bytes % segment == 0
        && bytes < most
        && entry < batch.size()
        && batch.dontFragment(entry) == dontFragment
        && !batch.isApart(entry)
        && joins(batch, segment)
        && Zone.same(to, batch.to(entry))
        && sameOrigin(from, batch.from(entry)));
    return bytes;
  }

  private static boolean sameOrigin(@Nullable InetAddress a, @Nullable InetAddress b) {
    return a == null ? b == null : Zone.same(a, b);
  }

  /**
   * Whether the entry goes on at this segment size, or ends the train with one shorter datagram.
   */
  private boolean joins(SendBatch batch, int segment) {
    int size = batch.segmentSize(entry);
    return size == segment || (size > 0 && size < segment && batch.length(entry) == size);
  }

  private void vector(SendBatch batch, int length, boolean mayExtend) {
    long address = batch.memory(entry).address() + batch.offset(entry) + done;
    if (mayExtend) {
      long last = (long) (usedVectors - 1) * Linux.IOVEC;
      long lastLength = vectors.get(JAVA_LONG, last + Linux.IOV_LEN);
      if (vectors.get(JAVA_LONG, last + Linux.IOV_BASE) + lastLength == address) {
        vectors.set(JAVA_LONG, last + Linux.IOV_LEN, lastLength + length);
        return;
      }
    }
    long at = (long) usedVectors * Linux.IOVEC;
    vectors.set(JAVA_LONG, at + Linux.IOV_BASE, address);
    vectors.set(JAVA_LONG, at + Linux.IOV_LEN, length);
    usedVectors++;
  }

  /** Writes the destination in the socket's own family; returns the length. */
  private int name(long at, InetSocketAddress to) {
    int slot = destinations.slot(to.getAddress());
    names.set(JAVA_SHORT, at + Linux.SIN_FAMILY, (short) (ipv6 ? Linux.AF_INET6 : Linux.AF_INET));
    names.set(Linux.SHORT_BE, at + Linux.SIN_PORT, (short) to.getPort());
    if (!ipv6) {
      names.set(Linux.INT_BE, at + Linux.SIN_ADDR, (int) destinations.low(slot));
      names.set(JAVA_LONG, at + Linux.SIN_ADDR + 4, 0);
      return Linux.SOCKADDR_IN;
    }
    names.set(JAVA_INT, at + Linux.SIN6_FLOWINFO, 0);
    names.set(Linux.LONG_BE, at + Linux.SIN6_ADDR, destinations.high(slot));
    names.set(Linux.LONG_BE, at + Linux.SIN6_ADDR + 8, destinations.low(slot));
    names.set(JAVA_INT, at + Linux.SIN6_SCOPE, destinations.scope(slot));
    return Linux.SOCKADDR_IN6;
  }

  private long packetInfo(long at, InetAddress from, boolean ipv4) {
    int slot = origins.slot(from);
    long data = at + Linux.CMSG_DATA;
    if (ipv4) {
      // On a dual-stack socket, too, the kernel takes IPv4's own form for a mapped destination.
      header(at, 12, Linux.SOL_IP, Linux.IP_PKTINFO);
      controls.set(JAVA_INT, data, 0);
      controls.set(Linux.INT_BE, data + 4, (int) origins.low(slot));
      controls.set(JAVA_INT, data + 8, 0);
      return data + 16;
    }
    header(at, 20, Linux.SOL_IPV6, Linux.IPV6_PKTINFO);
    controls.set(Linux.LONG_BE, data, origins.high(slot));
    controls.set(Linux.LONG_BE, data + 8, origins.low(slot));
    controls.set(JAVA_INT, data + 16, origins.scope(slot));
    return data + 24;
  }

  private long udpSegment(long at, int size) {
    header(at, 2, Linux.SOL_UDP, Linux.UDP_SEGMENT);
    controls.set(JAVA_SHORT, at + Linux.CMSG_DATA, (short) size);
    return at + Linux.CMSG_DATA + 8;
  }

  private void header(long at, int data, int level, int type) {
    controls.set(JAVA_LONG, at + Linux.CMSG_LEN, (long) Linux.CMSG_DATA + data);
    controls.set(JAVA_INT, at + Linux.CMSG_LEVEL, level);
    controls.set(JAVA_INT, at + Linux.CMSG_TYPE, type);
  }
}
