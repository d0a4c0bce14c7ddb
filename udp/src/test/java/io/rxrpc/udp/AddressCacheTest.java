// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Addresses from the kernel's form to Java's and back. */
class AddressCacheTest {

  private static MemorySegment sockaddr(InetAddress address, int port, boolean asIpv6) {
    MemorySegment memory = Arena.ofAuto().allocate(Linux.NAME, 8);
    AddressCodes codes = new AddressCodes(4);
    int slot = codes.slot(address);
    memory.set(Linux.SHORT_BE, Linux.SIN_PORT, (short) port);
    if (asIpv6) {
      memory.set(JAVA_SHORT, 0, (short) Linux.AF_INET6);
      memory.set(Linux.LONG_BE, Linux.SIN6_ADDR, codes.high(slot));
      memory.set(Linux.LONG_BE, Linux.SIN6_ADDR + 8, codes.low(slot));
      memory.set(JAVA_INT, Linux.SIN6_SCOPE, codes.scope(slot));
    } else {
      memory.set(JAVA_SHORT, 0, (short) Linux.AF_INET);
      memory.set(Linux.INT_BE, Linux.SIN_ADDR, (int) codes.low(slot));
    }
    return memory;
  }

  @Test
  void bothSpellingsOfAnIpv4AddressAreOneObject() {
    AddressCache cache = new AddressCache(16);
    InetAddress address = Loopback.address("192.0.2.200");
    InetSocketAddress plain = cache.socketAddress(sockaddr(address, 65_535, false), 0);
    InetSocketAddress mapped = cache.socketAddress(sockaddr(address, 65_535, true), 0);
    assertThat(plain).isEqualTo(new InetSocketAddress(address, 65_535));
    assertThat(plain.getAddress()).isInstanceOf(Inet4Address.class);
    assertThat(mapped).isSameAs(plain);
  }

  @Test
  void linkLocalAddressesDifferByScope() throws UnknownHostException {
    byte[] bytes = Loopback.address("fe80::1").getAddress();
    AddressCache cache = new AddressCache(16);
    AddressCodes codes = new AddressCodes(16);
    for (int scope = 1; scope < 4; scope++) {
      Inet6Address address = Inet6Address.getByAddress(null, bytes, scope);
      assertThat(codes.scope(codes.slot(address))).isEqualTo(scope);
      InetSocketAddress got = cache.socketAddress(sockaddr(address, 7, true), 0);
      assertThat(((Inet6Address) got.getAddress()).getScopeId()).isEqualTo(scope);
    }
  }

  @Test
  void whateverIsDisplacedComesBackRight() throws UnknownHostException {
    long seed = 4711;
    Random random = new Random(seed);
    AddressCache cache = new AddressCache(8);
    AddressCodes codes = new AddressCodes(8);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
      bytes[0] = 10;
      bytes[bytes.length - 1] = (byte) random.nextInt(16);
      InetAddress address = InetAddress.getByAddress(bytes);
      int port = random.nextInt(4);
      MemorySegment raw = sockaddr(address, port, bytes.length == 16);
      assertThat(cache.socketAddress(raw, 0))
          .as("seed %d, step %d", seed, i)
          .isEqualTo(new InetSocketAddress(address, port));
      int slot = codes.slot(address);
      assertThat(cache.address(codes.high(slot), codes.low(slot), 0)).isEqualTo(address);
      assertThat(codes.isIpv4(slot)).isEqualTo(bytes.length == 4);
    }
  }

  @Test
  void classesOfIpv6AddressesAreKnown() {
    AddressCodes codes = new AddressCodes(4);
    assertThat(AddressCache.isLinkLocal(codes.high(codes.slot(Loopback.address("fe80::9")))))
        .isTrue();
    assertThat(AddressCache.isLinkLocal(codes.high(codes.slot(Loopback.address("fec0::9")))))
        .isFalse();
    assertThat(AddressCache.isMulticast(codes.high(codes.slot(Loopback.address("ff02::1")))))
        .isTrue();
    assertThat(AddressCache.isMulticast(codes.high(codes.slot(Loopback.address("::1"))))).isFalse();
  }
}
