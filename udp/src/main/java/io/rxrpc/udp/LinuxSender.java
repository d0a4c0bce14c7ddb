// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;

/**
 * Sends a batch by sendmmsg and finds out what an error means: full buffer, a pending error of some
 * earlier datagram, a train that the way cannot take, or the entry's own failure. Guarded by the
 * lock of the sender.
 */
final class LinuxSender {
  /** A flood of ICMP may keep errors pending; then the entry is given up as failed locally. */
  private static final int MOST_RETRIES = 64;

  private static final int EAGAIN = Errno.EAGAIN.number();
  private static final int EINTR = Errno.EINTR.number();
  private static final int EIO = Errno.EIO.number();
  private static final int EINVAL = Errno.EINVAL.number();
  private static final int EMSGSIZE = Errno.EMSGSIZE.number();
  private static final int ENOBUFS = Errno.ENOBUFS.number();
  private static final int ENOMEM = Errno.ENOMEM.number();

  /** What the socket's DF option stands at. */
  private enum Fragmentation {
    UNKNOWN,
    FORBIDDEN,
    ALLOWED
  }

  private final LinuxCalls calls;
  private final int fd;
  private final ErrorQueue errorQueue;
  private final PendingErrors pending;
  private final TrainRefusals refusals = new TrainRefusals();
  private final SendRing ring;
  private final MemorySegment errno = LinuxCalls.newErrno();
  private final MemorySegment option;
  private Fragmentation ipv4Fragmentation = Fragmentation.UNKNOWN;
  private Fragmentation ipv6Fragmentation = Fragmentation.UNKNOWN;

  LinuxSender(
      LinuxCalls calls,
      int fd,
      boolean ipv6,
      boolean segmentation,
      ErrorQueue errorQueue,
      PendingErrors pending,
      Arena arena) {
    this.calls = calls;
    this.fd = fd;
    this.errorQueue = errorQueue;
    this.pending = pending;
    ring = new SendRing(ipv6, segmentation, refusals, arena);
    option = arena.allocate(JAVA_INT);
  }

  /** As {@link DatagramPort#send}. */
  int send(SendBatch batch, int from) {
    int entry = from;
    int done = 0;
    int retries = 0;
    while (entry < batch.size()) {
      Errno refusal = ring.refusal(batch, entry);
      if (refusal != null) {
        report(batch.to(entry), refusal.number(), 0);
        entry++;
        continue;
      }
      setFragmentation(ring.isIpv4(batch.to(entry)), batch.dontFragment(entry));
      int built = ring.build(batch, entry, done);
      int sent =
          calls.sendmmsg(errno, fd, ring.address(), built, Linux.MSG_DONTWAIT | Linux.MSG_NOSIGNAL);
      if (sent > 0) {
        entry = ring.nextEntry(sent - 1);
        done = ring.nextDone(sent - 1);
        retries = 0;
        continue;
      }
      int failure = -sent;
      if (failure == EINTR) {
        continue;
      }
      if (failure == EAGAIN || failure == ENOBUFS || failure == ENOMEM) {
        batch.advance(entry, done);
        return entry;
      }
      if (!sendAgain(batch.to(entry), failure, retries)) {
        entry++;
        done = 0;
        retries = 0;
      } else {
        retries++;
      }
    }
    return entry;
  }

  /**
   * Judges a failure of the first message. The kernel reports the pending error of an earlier
   * datagram by the next send to anyone, and does not send that one: then it must go again.
   */
  private boolean sendAgain(InetSocketAddress to, int failure, int retries) {
    int icmp = errorQueue.drain();
    int queuedMtu = errorQueue.takeLocalMtu(to.getAddress());
    int mtu = failure == EMSGSIZE ? queuedMtu : -1;
    if (mtu >= 0 || retries >= MOST_RETRIES) {
      report(to, failure, Math.max(mtu, 0));
      return false;
    }
    if (icmp > 0) {
      return true;
    }
    if (ring.segments(0) > 1 && (failure == EIO || failure == EINVAL || failure == EMSGSIZE)) {
      // EIO: the device cannot do checksums, so it segments nothing. Else these segments are too
      // large for the path, of which shorter ones know nothing.
      refusals.add(to.getAddress(), failure == EIO ? 0 : ring.segmentSize(0));
      return true;
    }
    if (retries == 0) {
      // The receiving thread may have read the queue between the ICMP and our send.
      return true;
    }
    if (failure == EINVAL) {
      refusals.remove(to.getAddress());
    }
    report(to, failure, 0);
    return false;
  }

  private void report(InetSocketAddress to, int failure, int mtu) {
    pending.add(new PortError(to, failure, PortError.Kind.LOCAL, mtu));
  }

  private void setFragmentation(boolean ipv4, boolean dontFragment) {
    Fragmentation wish = dontFragment ? Fragmentation.FORBIDDEN : Fragmentation.ALLOWED;
    if (wish == (ipv4 ? ipv4Fragmentation : ipv6Fragmentation)) {
      return;
    }
    option.set(JAVA_INT, 0, dontFragment ? Linux.PMTUDISC_DO : Linux.PMTUDISC_DONT);
    // A failure leaves the system's default, which is no reason not to send.
    if (ipv4) {
      calls.setsockopt(
          errno, fd, Linux.SOL_IP, Linux.IP_MTU_DISCOVER, option.address(), Integer.BYTES);
      ipv4Fragmentation = wish;
    } else {
      calls.setsockopt(
          errno, fd, Linux.SOL_IPV6, Linux.IPV6_MTU_DISCOVER, option.address(), Integer.BYTES);
      ipv6Fragmentation = wish;
    }
  }
}
