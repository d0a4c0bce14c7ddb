// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.serving;

import picocli.CommandLine.Option;

/** Whether a server tells about itself: what the verbs that serve have in common. */
public final class DebugAnswerOption {
  @Option(
      names = "--answer-debug",
      description =
          "Answer whoever asks by rxdebug or 'rxrpc debug': counters, connections, the addresses"
              + " of peers (default: only the version is told).")
  private boolean answer;

  /** Whether rxdebug shall be answered. */
  public boolean isGiven() {
    return answer;
  }
}
