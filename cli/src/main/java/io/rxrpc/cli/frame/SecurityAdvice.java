// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.frame;

import io.rxrpc.wire.AbortCodes;

/** What to do about a refusal of rxkad, in the words of somebody who runs servers. */
final class SecurityAdvice {
  private SecurityAdvice() {}

  /** A phrase that follows the code, empty where there is no advice. */
  static String of(int code) {
    String advice =
        switch (code) {
          case AbortCodes.RXKADEXPIRED ->
              "the ticket has expired: get a new one by 'rxrpc klog', and compare the clocks";
          case AbortCodes.RXKADUNKNOWNKEY ->
              "the server has no key of the ticket's version and type, or uses none of that type:"
                  + " compare its key file with the KDC's kvno ('kvno afs/CELL'), then get a new"
                  + " token";
          case AbortCodes.RXKADBADTICKET ->
              "the server refuses the ticket: it was made for another key (get a new token, or the"
                  + " right key file), or your name has a dot in it (the server's"
                  + " --allow-dotted-principals)";
          case AbortCodes.RXKADLEVELFAIL -> "a higher level is asked for: use --level encrypt";
          case AbortCodes.RXKADNOAUTH ->
              "not permitted, or the ticket is not valid yet: check who you are by 'rxrpc tokens',"
                  + " and the clocks";
          case AbortCodes.RXKADSEALEDINCON, AbortCodes.RXKADDATALEN ->
              "a packet was altered on its way, or the two ends have different session keys";
          case AbortCodes.RXKADTICKETLEN ->
              "the server takes no ticket of that length (Linux: at most 1024 bytes)";
          case AbortCodes.RXKADINCONSISTENCY, AbortCodes.RXKADPACKETSHORT ->
              "the two ends do not speak the same rxkad";
          case AbortCodes.RXKADBADKEY -> "the ticket's session key is no good: get a new token";
          case AbortCodes.RXKADOUTOFSEQUENCE -> "try again";
          default -> "";
        };
    return advice.isEmpty() ? "" : "; " + advice;
  }
}
