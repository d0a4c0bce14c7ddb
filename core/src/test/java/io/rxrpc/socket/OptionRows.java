// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import io.rxrpc.key.KeyFacility;
import io.rxrpc.key.KeyType;
import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.time.InstantSource;

/** Group O: options. */
final class OptionRows {
  private OptionRows() {}

  private static KeyResolver keys() {
    KeyFacility facility = new KeyFacility(InstantSource.system());
    Seen.must(() -> facility.process().add(KeyType.RXRPC, "known", new byte[0]));
    Seen.must(() -> facility.process().addKeyring("known"));
    return KeyResolver.of(facility);
  }

  static void run(Seen seen) throws IOException {
    try (RxrpcSocket s = RxrpcSocket.open(StandardProtocolFamily.INET, Sockets.tunables())) {
      s.keys(keys());
      seen.same("O1a", () -> level(s, 0));
      seen.same("O1b", () -> level(s, 1));
      seen.same("O1c", () -> level(s, 2));
      seen.same("O2", () -> level(s, 3));
      seen.same("O3", () -> level(s, -1));
      seen.inexpressible(
          "an option's value is an object without a length", "O4", "O5", "O15", "O19");
      seen.different(
          "O6",
          "ENOPROTOOPT",
          "an unknown option fails: the document names the options there are",
          () -> s.setOption(StandardSocketOptions.TCP_NODELAY, true));
      seen.different(
          "O7",
          "ENOPROTOOPT",
          "an unknown option fails: one that is not ours, whatever its name",
          () -> s.setOption(new Foreign("RXRPC_MIN_SECURITY_LEVEL", Integer.class), 1));
      seen.same("O8", () -> s.setOption(RxrpcOption.SECURITY_KEY, "unknown"));
      seen.same("O9", () -> s.setOption(RxrpcOption.SECURITY_KEY, ""));
      seen.same("O10", () -> s.setOption(RxrpcOption.SECURITY_KEYRING, "unknown"));
      seen.same("O11", () -> zero(s.setOption(RxrpcOption.SECURITY_KEY, "known")));
      seen.same("O12", () -> s.setOption(RxrpcOption.SECURITY_KEY, "known"));
      seen.same("O13", () -> zero(s.setOption(RxrpcOption.SECURITY_KEYRING, "known")));
      seen.same("O14", () -> s.setOption(RxrpcOption.SECURITY_KEYRING, "known"));
      seen.same("O16", () -> zero(s.setOption(RxrpcOption.EXCLUSIVE_CONNECTION, true)));
      seen.same("O17", () -> s.getOption(RxrpcOption.SUPPORTED_CMSG) > 0 ? 0 : -1);
      seen.same("O18", () -> s.getOption(RxrpcOption.SUPPORTED_CMSG) + ", " + Integer.BYTES);
      seen.same("O20", () -> s.getOption(RxrpcOption.MIN_SECURITY_LEVEL));
    }
  }

  /** An option of another family. */
  private record Foreign(String name, Class<Integer> type) implements SocketOption<Integer> {}

  private static int level(RxrpcSocket s, int level) throws IOException {
    return zero(s.setOption(RxrpcOption.MIN_SECURITY_LEVEL, level));
  }

  private static int zero(RxrpcSocket s) {
    return s.isOpen() ? 0 : -1;
  }
}
