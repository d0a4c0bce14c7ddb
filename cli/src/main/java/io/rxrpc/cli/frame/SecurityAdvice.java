// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.frame;

import io.rxrpc.wire.AbortCodes;

/** What to do about a refusal of rxkad or rxgk, in the words of somebody who runs servers. */
final class SecurityAdvice {
  /** AFSCONF_NOTFOUND, which servers of OpenAFS give for a token under a key they lack. */
  private static final int KEY_NOT_FOUND = 70_354_689;

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
          case KEY_NOT_FOUND ->
              "the server has no key of the token's version and type: get a new token, or compare"
                  + " its keys ('asetkey list')";
          default -> rxgk(code - AbortCodes.RXGK_BASE);
        };
    return advice.isEmpty() ? "" : "; " + advice;
  }

  /** OpenAFS and YFS number them differently from the fourth on: both are named. */
  private static String rxgk(int number) {
    return switch (number) {
      case 0, 1 -> "the two ends do not speak the same rxgk";
      case 2 -> "the server does not believe the answer to its challenge: get a new token";
      case 3 ->
          "rxgk: the server does not use the type of the token's key (get another by 'rxrpc klog"
              + " --rxgk --enctype'); yfs-rxgk: token or packet were altered, or have another key";
      case 4 ->
          "rxgk: the server asks for another level (get a token by 'rxrpc klog --rxgk --level');"
              + " yfs-rxgk: not permitted, or no such key: get a new token";
      case 5 ->
          "rxgk: the two ends lost count of their keys, try again; yfs-rxgk: the token has"
              + " expired, get a new one";
      case 6 ->
          "rxgk: the token has expired, get a new one by 'rxrpc klog --rxgk' and compare the"
              + " clocks; yfs-rxgk: a higher level is asked for";
      case 7 ->
          "rxgk: not permitted, check who you are by 'rxrpc tokens'; yfs-rxgk: the two ends lost"
              + " count of their keys, try again";
      case 8 -> "the server takes no such token: get a new one, of the right cell";
      case 9, 10 -> "token or packet were altered on their way, or have another key: get a new one";
      default -> "";
    };
  }
}
