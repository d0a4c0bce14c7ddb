// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc;

/** What becomes of octets behind the last parameter; they never reach the next call. */
public enum Trailing {
  /** They are read and thrown away, as OpenAFS's generated code does. */
  IGNORE,
  /** The call fails: RXGEN_SS_UNMARSHAL (-453) at the server, RXGEN_CC_UNMARSHAL (-451) here. */
  REFUSE
}
