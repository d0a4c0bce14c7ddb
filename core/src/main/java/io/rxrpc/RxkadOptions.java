// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.ServerSecurity;
import io.rxrpc.security.rxkad.RxkadServer;
import io.rxrpc.security.rxkad.ServerKeys;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How a service offers rxkad.
 *
 * @param refused encryption types of keys that are not used
 * @param dots whether names with dots are taken
 */
record RxkadOptions(
    ServerKeys keys,
    SecurityLevel minimum,
    Predicate<PeerIdentity> admission,
    InstantSource wallClock,
    Set<Integer> refused,
    boolean dots) {

  static RxkadOptions of(ServerKeys keys) {
    return new RxkadOptions(
        keys, SecurityLevel.CLEAR, peer -> true, InstantSource.system(), Set.of(), false);
  }

  RxkadOptions minimum(SecurityLevel least) {
    return new RxkadOptions(keys, least, admission, wallClock, refused, dots);
  }

  RxkadOptions admission(Predicate<PeerIdentity> admits) {
    return new RxkadOptions(keys, minimum, admits, wallClock, refused, dots);
  }

  RxkadOptions wallClock(InstantSource clock) {
    return new RxkadOptions(keys, minimum, admission, clock, refused, dots);
  }

  RxkadOptions refused(Set<Integer> types) {
    return new RxkadOptions(keys, minimum, admission, wallClock, Set.copyOf(types), dots);
  }

  RxkadOptions dots(boolean taken) {
    return new RxkadOptions(keys, minimum, admission, wallClock, refused, taken);
  }

  ServerSecurity security() {
    RxkadServer.Builder server =
        RxkadServer.builder(keys, wallClock)
            .minimumLevel(minimum)
            .admission(admission)
            .refusedEnctypes(refused);
    return dots ? server.dotsInNames().build() : server.build();
  }
}
