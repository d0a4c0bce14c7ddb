// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The MTUs of this host's interfaces by their addresses. The system is asked once for an address,
 * by {@link #note}; {@link #of} answers from what is known and may be called by any thread.
 */
final class InterfaceMtus {
  /** More than a host has; beyond it nothing is known of an address. */
  private static final int MOST = 1024;

  /** An address with its zone: {@code fe80::1%a} and {@code fe80::1%b} are on two links. */
  private record Place(InetAddress address, int zone) {
    static Place of(InetAddress address) {
      return new Place(address, address instanceof Inet6Address six ? six.getScopeId() : 0);
    }
  }

  private final Map<Place, Integer> known = new ConcurrentHashMap<>();

  /** Addresses noted lately: mostly they come again. Of the receiving thread. */
  private final @Nullable InetAddress[] recent = new InetAddress[4];

  private int oldest;

  /** Something came to a local address, or will. One thread at a time. */
  @SuppressWarnings("ReferenceEquality") // a port gives the same object for the same address
  void note(@Nullable InetAddress local) {
    if (local == null) {
      return;
    }
    for (InetAddress lately : recent) {
      if (lately == local) {
        return;
      }
    }
    recent[oldest] = local;
    oldest = oldest + 1 & recent.length - 1;
    Place place = Place.of(local);
    if (!known.containsKey(place) && known.size() < MOST) {
      known.put(place, ask(place));
    }
  }

  /** The MTU of the interface with this address; 0 if it is not known. */
  int of(@Nullable InetAddress local) {
    return local == null ? 0 : known.getOrDefault(Place.of(local), 0);
  }

  private static int ask(Place place) {
    try {
      NetworkInterface found = interfaceOf(place);
      return found == null ? 0 : found.getMTU();
    } catch (SocketException e) {
      System.getLogger("io.rxrpc.udp")
          .log(System.Logger.Level.DEBUG, "the MTU towards " + place.address(), e);
      return 0;
    }
  }

  private static @Nullable NetworkInterface interfaceOf(Place place) throws SocketException {
    if (place.zone() != 0) {
      return NetworkInterface.getByIndex(place.zone());
    }
    NetworkInterface named = NetworkInterface.getByInetAddress(place.address());
    if (named != null || !place.address().isLoopbackAddress()) {
      return named;
    }
    // all of 127/8 is here, and only 127.0.0.1 is named
    return NetworkInterface.getByInetAddress(InetAddress.ofLiteral("127.0.0.1"));
  }

  /** The least MTU of the interfaces that are up and lead out of this host; 0 if there is none. */
  static int leastOutward() {
    try {
      return NetworkInterface.networkInterfaces()
          .mapToInt(InterfaceMtus::outward)
          .filter(mtu -> mtu > 0)
          .min()
          .orElse(0);
    } catch (SocketException e) {
      System.getLogger("io.rxrpc.udp")
          .log(System.Logger.Level.DEBUG, "the interfaces of this host", e);
      return 0;
    }
  }

  private static int outward(NetworkInterface i) {
    try {
      return i.isUp() && !i.isLoopback() ? i.getMTU() : 0;
    } catch (SocketException e) {
      return 0; // it has gone meanwhile
    }
  }
}
