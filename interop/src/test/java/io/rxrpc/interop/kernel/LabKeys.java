// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.kernel;

import io.rxrpc.key.RxkadToken;
import io.rxrpc.security.rxkad.ServerKeys;
import io.rxrpc.security.rxkad.TicketIssuer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

/** The DES key of the services of a run, which both ends forge tickets with. */
final class LabKeys {
  static final String HEX = "76a8c2290bc7a1f4";
  static final String OTHER_HEX = "1f2c58a1e67025d3";

  private static final int KVNO = 1;

  private LabKeys() {}

  static ServerKeys server() {
    return ServerKeys.des(KVNO, HexFormat.of().parseHex(HEX));
  }

  /** A ticket under that key. */
  static RxkadToken token(String key) {
    return TicketIssuer.classic(KVNO, HexFormat.of().parseHex(key), new SecureRandom())
        .issue(
            "lab",
            "",
            "LAB.EXAMPLE",
            Instant.now().minus(Duration.ofMinutes(1)),
            Duration.ofHours(10));
  }
}
