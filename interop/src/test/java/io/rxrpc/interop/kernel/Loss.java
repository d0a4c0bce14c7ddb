package io.rxrpc.interop.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;

/** Random loss of the datagrams on the bridge, whoever sends them: the same for all. */
final class Loss {
  private Loss() {}

  /** What is done meanwhile. */
  interface Work {
    void run() throws IOException;
  }

  /** Does something while so many of a thousand are lost. */
  static void during(int perMille, Work work) throws IOException {
    String rules =
        """
        table bridge lossy {
          chain in { type filter hook input priority 0; ether type { ip, ip6 } jump lose; }
          chain through { type filter hook forward priority 0; ether type { ip, ip6 } jump lose; }
          chain out { type filter hook output priority 0; ether type { ip, ip6 } jump lose; }
          chain lose { meta l4proto udp numgen random mod 1000 < %d drop; }
        }
        """
            .formatted(perMille);
    nft(rules);
    try {
      work.run();
    } finally {
      nft("delete table bridge lossy");
    }
  }

  private static void nft(String rules) throws IOException {
    Process nft = new ProcessBuilder("nft", "-f", "-").redirectErrorStream(true).start();
    try (var in = nft.outputWriter()) {
      in.write(rules);
    }
    String said = new String(nft.getInputStream().readAllBytes(), UTF_8);
    if (nft.onExit().join().exitValue() != 0) {
      throw new IOException("nft: " + said);
    }
  }
}
