// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxgk;

import io.rxrpc.security.SecurityFailure;

/**
 * The payload of a RESPONSE.
 *
 * @param start the client's time, in units of 100 ns, from which both ends make their keys
 * @param token a container, as the client got it
 * @param authenticator encrypted
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record ResponseOctets(long start, byte[] token, byte[] authenticator) {
  private static final int MAX_TOKEN = 1 << 20;
  private static final int MAX_AUTHENTICATOR = 1416;
  private static final int WORD = 4;

  /** What follows its fields is of no meaning. */
  static ResponseOctets read(RxgkForm form, byte[] payload) throws SecurityFailure {
    RxgkReader in = new RxgkReader(form, "RESPONSE", payload);
    long start = in.int64();
    byte[] token = in.opaque(MAX_TOKEN);
    byte[] authenticator = in.opaque(MAX_AUTHENTICATOR);
    if (form == RxgkForm.OPENAFS && start < 0) {
      throw RxgkFault.BAD_TIME.in(form, "a start before 1970");
    }
    if (form == RxgkForm.YFS && authenticator.length % WORD != 0) {
      throw RxgkFault.RAGGED.in(form, "an authenticator of " + authenticator.length + " octets");
    }
    return new ResponseOctets(start, token, authenticator);
  }

  byte[] octets() {
    return new RxgkWriter().int64(start).opaque(token).opaque(authenticator).take();
  }
}
