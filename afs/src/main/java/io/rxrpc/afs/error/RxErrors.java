// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.error;

import io.rxrpc.rpc.ErrorCode;
import io.rxrpc.rpc.ErrorTable;
import java.util.ArrayList;
import java.util.List;

/** Errors of Rx, of generated code, and of the other one of rxgk's two tables. */
final class RxErrors {
  static final List<ErrorCode> RX =
      List.of(
          new ErrorCode(
              -1, "RX_CALL_DEAD", "the peer does not answer, or aborted without saying why"),
          new ErrorCode(-2, "RX_INVALID_OPERATION", "no such service, or not allowed"),
          new ErrorCode(-3, "RX_CALL_TIMEOUT", "the call took too long"),
          new ErrorCode(-4, "RX_EOF", "the data has ended"),
          new ErrorCode(-5, "RX_PROTOCOL_ERROR", "a packet that cannot be"),
          new ErrorCode(-6, "RX_USER_ABORT", "the application ended the call"),
          new ErrorCode(-7, "RX_ADDRINUSE", "the port is taken"),
          new ErrorCode(-8, "RX_MSGSIZE", "a packet is too long for the path"),
          new ErrorCode(-9, "RX_CALL_IDLE", "the call was idle too long"),
          new ErrorCode(-10, "RX_CALL_BUSY", "the channel is busy"),
          new ErrorCode(-31, "", "the data of a call ended too early, reading"),
          new ErrorCode(-32, "", "the data of a call ended too early, writing"),
          new ErrorCode(-100, "RX_RESTARTING", "the server starts: try again after a pause"));

  static final List<ErrorCode> RXGEN =
      List.of(
          new ErrorCode(-450, "RXGEN_CC_MARSHAL", "the client could not encode the parameters"),
          new ErrorCode(-451, "RXGEN_CC_UNMARSHAL", "the client could not decode the results"),
          new ErrorCode(-452, "RXGEN_SS_MARSHAL", "the server could not encode the results"),
          new ErrorCode(
              -453,
              "RXGEN_SS_UNMARSHAL",
              "the server could not decode the parameters: too short, or out of bounds"),
          new ErrorCode(-454, "RXGEN_DECODE", "the request has no opcode"),
          new ErrorCode(-455, "RXGEN_OPCODE", "the server has no such procedure"),
          new ErrorCode(-456, "RXGEN_SS_XDRFREE", "the server could not release parameters"),
          new ErrorCode(-457, "RXGEN_CC_XDRFREE", "the client could not release results"));

  static final List<ErrorCode> RXGK_YFS =
      numbered(
          "RXGK_INCONSISTENCY: the security object is wrong",
          "RXGK_PACKETSHORT: a packet is too short",
          "RXGK_BADCHALLENGE: the challenge or the answer to it is wrong",
          "RXGK_SEALEDINCON: what was sealed does not fit: another key, or altered on the way",
          "RXGK_NOTAUTH: not authorised",
          "RXGK_EXPIRED: the token has expired",
          "RXGK_BADLEVEL: the connection is of a level that is not allowed",
          "RXGK_BADKEYNO: the server has no key of that number",
          "RXGK_NOTRXGK: not a call of rxgk",
          "RXGK_UNSUPPORTED: not supported",
          "RXGK_GSSERROR: GSS has failed");

  private RxErrors() {}

  private static List<ErrorCode> numbered(String... errors) {
    List<ErrorCode> codes = new ArrayList<>();
    int next = ErrorTable.base("RXGK");
    for (String error : errors) {
      int colon = error.indexOf(": ");
      codes.add(new ErrorCode(next++, error.substring(0, colon), error.substring(colon + 2)));
    }
    return codes;
  }
}
