// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxgk;

import io.rxrpc.security.SecurityFailure;

/**
 * What a client has of a token: which of the server's keys opens it, and what that key has sealed.
 *
 * @param kvno the key's version, unsigned
 * @param enctype its encryption type
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record TokenContainer(int kvno, int enctype, byte[] sealed) {
  private static final int MAX_SEALED = 1 << 20;

  /** What follows its fields is of no meaning. */
  static TokenContainer read(RxgkForm form, byte[] octets) throws SecurityFailure {
    RxgkReader in = new RxgkReader(form, "token", octets);
    TokenContainer container = new TokenContainer(in.int32(), in.int32(), in.opaque(MAX_SEALED));
    if (container.kvno == 0 || container.enctype == 0) {
      throw RxgkFault.BAD_TOKEN.in(form, "a token of no key");
    }
    return container;
  }

  byte[] octets() {
    return new RxgkWriter().int32(kvno).int32(enctype).opaque(sealed).take();
  }
}
