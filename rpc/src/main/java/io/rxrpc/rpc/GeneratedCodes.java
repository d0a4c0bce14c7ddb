// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc;

import io.rxrpc.AbortCode;

/** What generated code aborts with: its own codes, and those for who may not call. */
final class GeneratedCodes {
  /** RXGEN_CC_MARSHAL: a client could not encode its parameters. */
  static final AbortCode CLIENT_ENCODE = new AbortCode(-450);

  /** RXGEN_CC_UNMARSHAL: a client could not decode a reply. */
  static final AbortCode CLIENT_DECODE = new AbortCode(-451);

  /** RXGEN_SS_MARSHAL: a server could not encode its reply. */
  static final AbortCode SERVER_ENCODE = new AbortCode(-452);

  /** RXGEN_SS_UNMARSHAL: a server could not decode the parameters. */
  static final AbortCode SERVER_DECODE = AbortCode.SS_UNMARSHAL;

  /** RXGEN_DECODE: a request without a whole opcode. */
  static final AbortCode NO_OPCODE = new AbortCode(-454);

  private GeneratedCodes() {}
}
