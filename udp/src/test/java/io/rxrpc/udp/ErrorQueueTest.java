// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Entries of the error queue that loopback does not bring forth, in the kernel's layout. */
class ErrorQueueTest {
  private static final int EMSGSIZE = Errno.EMSGSIZE.number();
  private static final int EHOSTUNREACH = Errno.EHOSTUNREACH.number();

  private record Entry(InetSocketAddress to, boolean ipv6, int errno, int origin, int info) {}

  /** A kernel with these entries. */
  private static final class Queue extends LinuxCalls {
    final Deque<Entry> entries = new ArrayDeque<>();

    @Override
    int recvmsg(MemorySegment errno, int fd, long message, int flags) {
      assertThat(flags).isEqualTo(Linux.MSG_ERRQUEUE | Linux.MSG_DONTWAIT);
      Entry entry = entries.poll();
      if (entry == null) {
        return -Errno.EAGAIN.number();
      }
      MemorySegment header = at(message, Linux.MMSGHDR);
      MemorySegment name = at(header.get(JAVA_LONG, Linux.MSG_NAME), Linux.NAME);
      AddressCodes codes = new AddressCodes(2);
      int slot = codes.slot(entry.to.getAddress());
      name.set(JAVA_SHORT, 0, (short) (entry.ipv6 ? Linux.AF_INET6 : Linux.AF_INET));
      name.set(Linux.SHORT_BE, Linux.SIN_PORT, (short) entry.to.getPort());
      if (entry.ipv6) {
        name.set(Linux.LONG_BE, Linux.SIN6_ADDR, codes.high(slot));
        name.set(Linux.LONG_BE, Linux.SIN6_ADDR + 8, codes.low(slot));
        name.set(JAVA_INT, Linux.SIN6_SCOPE, 0);
      } else {
        name.set(Linux.INT_BE, Linux.SIN_ADDR, (int) codes.low(slot));
      }
      header.set(JAVA_INT, Linux.MSG_NAMELEN, entry.ipv6 ? Linux.SOCKADDR_IN6 : Linux.SOCKADDR_IN);
      // First a control message that is none of ours, as packet info would be.
      MemorySegment control = at(header.get(JAVA_LONG, Linux.MSG_CONTROL), 128);
      control.set(JAVA_LONG, 0, 28);
      control.set(JAVA_INT, 8, Linux.SOL_IP);
      control.set(JAVA_INT, 12, Linux.IP_PKTINFO);
      control.set(JAVA_LONG, 32, 16 + 16 + 28);
      control.set(JAVA_INT, 40, entry.ipv6 ? Linux.SOL_IPV6 : Linux.SOL_IP);
      control.set(JAVA_INT, 44, entry.ipv6 ? Linux.IPV6_RECVERR : Linux.IP_RECVERR);
      control.set(JAVA_INT, 48, entry.errno);
      control.set(JAVA_BYTE, 52, (byte) entry.origin);
      control.set(JAVA_INT, 56, entry.info);
      header.set(JAVA_LONG, Linux.MSG_CONTROLLEN, 96);
      return 0;
    }

    @SuppressWarnings("restricted")
    private static MemorySegment at(long address, long size) {
      return MemorySegment.ofAddress(address).reinterpret(size);
    }
  }

  @BeforeAll
  static void needsLinux() {
    assumeTrue(LinuxSupport.missing() == null, () -> "LinuxPort: " + LinuxSupport.missing());
  }

  @Test
  void entriesBecomeErrorsOrWaitForTheSender() {
    InetSocketAddress four = Loopback.at("192.0.2.7", 7001);
    InetSocketAddress six = Loopback.at("2001:db8::7", 7003);
    Queue queue = new Queue();
    queue.entries.add(new Entry(four, false, EMSGSIZE, Linux.SO_EE_ORIGIN_ICMP, 1400));
    queue.entries.add(new Entry(six, true, EMSGSIZE, Linux.SO_EE_ORIGIN_ICMP6, 1280));
    queue.entries.add(new Entry(four, true, EHOSTUNREACH, Linux.SO_EE_ORIGIN_ICMP, 99));
    queue.entries.add(new Entry(four, false, EMSGSIZE, 4, 0)); // a time stamp
    queue.entries.add(
        new Entry(Loopback.at("192.0.2.7", 0), false, EMSGSIZE, Linux.SO_EE_ORIGIN_LOCAL, 1500));

    PendingErrors pending = new PendingErrors();
    ErrorQueue errors = new ErrorQueue(queue, 3, pending, Arena.ofAuto());
    assertThat(errors.drain()).isEqualTo(3);
    List<PortError> given = new ArrayList<>();
    pending.drain(given::add);
    assertThat(given)
        .containsExactly(
            new PortError(four, EMSGSIZE, PortError.Kind.ICMP, 1400),
            new PortError(six, EMSGSIZE, PortError.Kind.ICMP, 1280),
            new PortError(four, EHOSTUNREACH, PortError.Kind.ICMP, 0));
    assertThat(errors.takeLocalMtu(four.getAddress())).isEqualTo(1500);
    assertThat(errors.takeLocalMtu(four.getAddress())).isEqualTo(-1);
    assertThat(errors.drain()).isZero();
  }
}
