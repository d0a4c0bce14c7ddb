// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;

/**
 * Loss of datagrams on the bridge, whoever sends them. A datagram's serial, type and side decide
 * together with a seed, so that calls which send the same serials lose the same ones, and what is
 * sent again has another chance.
 */
final class Loss {
  private Loss() {}

  /** What is done meanwhile. */
  interface Work {
    void run() throws IOException;
  }

  /** Does something while so many of a thousand are lost. */
  static void during(int perMille, int seed, Work work) throws IOException {
    // from the UDP header on: the serial is at 24, the type at 28, CLIENT_INITIATED in 29
    String rules =
        """
        table bridge lossy {
          chain in { type filter hook input priority 0; ether type { ip, ip6 } jump lose; }
          chain through { type filter hook forward priority 0; ether type { ip, ip6 } jump lose; }
          chain out { type filter hook output priority 0; ether type { ip, ip6 } jump lose; }
          chain lose { meta l4proto udp jump datagram; }
          chain datagram {
            @th,232,8 & 1 == 1 jhash @th,192,32 . @th,224,8 mod 1000 seed %d < %d drop
            @th,232,8 & 1 == 0 jhash @th,192,32 . @th,224,8 mod 1000 seed %d < %d drop
          }
        }
        """
            .formatted(2 * seed, perMille, 2 * seed + 1, perMille);
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
