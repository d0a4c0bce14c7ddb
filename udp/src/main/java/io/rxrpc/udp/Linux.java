// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The kernel's numbers and layouts that LinuxPort needs: those of the generic socket ABI on 64-bit
 * little-endian machines, which x86-64 and aarch64 share. glibc and musl lay out the structures
 * alike: where musl has a 32-bit length and padding, glibc has one 64-bit length.
 */
final class Linux {
  private Linux() {}

  static final int AF_INET = 2;
  static final int AF_INET6 = 10;
  static final int SOCK_DGRAM = 2;
  static final int SOCK_NONBLOCK = 0x800;
  static final int SOCK_CLOEXEC = 0x80000;
  static final int EFD_NONBLOCK = SOCK_NONBLOCK;
  static final int EFD_CLOEXEC = SOCK_CLOEXEC;

  static final int SOL_SOCKET = 1;
  static final int SO_SNDBUF = 7;
  static final int SO_RCVBUF = 8;
  static final int SO_REUSEPORT = 15;
  static final int SO_SNDBUFFORCE = 32;
  static final int SO_RCVBUFFORCE = 33;

  static final int SOL_IP = 0;
  static final int IP_PKTINFO = 8;
  static final int IP_MTU_DISCOVER = 10;
  static final int IP_RECVERR = 11;

  static final int SOL_IPV6 = 41;
  static final int IPV6_MTU_DISCOVER = 23;
  static final int IPV6_RECVERR = 25;
  static final int IPV6_V6ONLY = 26;
  static final int IPV6_RECVPKTINFO = 49;
  static final int IPV6_PKTINFO = 50;

  /** Never set DF; of IP_MTU_DISCOVER and IPV6_MTU_DISCOVER alike. */
  static final int PMTUDISC_DONT = 0;

  /** Always set DF, refuse what is larger than the path MTU known. */
  static final int PMTUDISC_DO = 2;

  static final int SOL_UDP = 17;
  static final int UDP_SEGMENT = 103;
  static final int UDP_GRO = 104;

  static final int MSG_DONTWAIT = 0x40;
  static final int MSG_ERRQUEUE = 0x2000;
  static final int MSG_NOSIGNAL = 0x4000;

  static final int PROT_READ = 1;
  static final int PROT_WRITE = 2;
  static final int MAP_PRIVATE = 2;
  static final int MAP_ANONYMOUS = 0x20;
  static final long MAP_FAILED = -1;

  static final short POLLIN = 1;
  static final short POLLOUT = 4;
  static final short POLLERR = 8;

  /** Who queued an error: struct sock_extended_err, ee_origin. */
  static final int SO_EE_ORIGIN_LOCAL = 1;

  static final int SO_EE_ORIGIN_ICMP = 2;
  static final int SO_EE_ORIGIN_ICMP6 = 3;

  /** UDP payload that fits an IPv4 packet of 65535 bytes; IPv6 would take 20 more. */
  static final int LARGEST_PAYLOAD = 65_507;

  /** Segments of a train: UDP_MAX_SEGMENTS; newer kernels take 128. */
  static final int MOST_SEGMENTS = 64;

  // struct msghdr, and struct mmsghdr around it
  static final int MSG_NAME = 0;
  static final int MSG_NAMELEN = 8;
  static final int MSG_IOV = 16;
  static final int MSG_IOVLEN = 24;
  static final int MSG_CONTROL = 32;
  static final int MSG_CONTROLLEN = 40;
  static final int MSG_FLAGS = 48;
  static final int MMSG_LEN = 56;
  static final int MMSGHDR = 64;

  // struct iovec
  static final int IOV_BASE = 0;
  static final int IOV_LEN = 8;
  static final int IOVEC = 16;

  // struct cmsghdr; data follow, and the next one begins at a multiple of 8
  static final int CMSG_LEN = 0;
  static final int CMSG_LEVEL = 8;
  static final int CMSG_TYPE = 12;
  static final int CMSG_DATA = 16;

  // struct sockaddr_in, sockaddr_in6
  static final int SIN_FAMILY = 0;
  static final int SIN_PORT = 2;
  static final int SIN_ADDR = 4;
  static final int SOCKADDR_IN = 16;
  static final int SIN6_FLOWINFO = 4;
  static final int SIN6_ADDR = 8;
  static final int SIN6_SCOPE = 24;
  static final int SOCKADDR_IN6 = 28;

  /** Room kept for one socket address of either family. */
  static final int NAME = 32;

  static final ValueLayout.OfShort SHORT_BE =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  static final ValueLayout.OfInt INT_BE =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  static final ValueLayout.OfLong LONG_BE =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
}
