// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxgk;

import io.rxrpc.security.SecurityFailure;
import java.nio.ByteBuffer;

/**
 * Reads the XDR of RESPONSEs and tokens, which strangers have made: every length is compared with
 * what remains before anything is made of it, and rounded up where it cannot overflow.
 */
final class RxgkReader {
  private static final int WORD = 4;

  private final RxgkForm form;
  private final String what;
  private final ByteBuffer in;

  /**
   * @param what whose fields they are, for messages
   */
  RxgkReader(RxgkForm form, String what, byte[] octets) {
    this.form = form;
    this.what = what;
    in = ByteBuffer.wrap(octets);
  }

  int remaining() {
    return in.remaining();
  }

  int int32() throws SecurityFailure {
    need(Integer.BYTES);
    return in.getInt();
  }

  long int64() throws SecurityFailure {
    need(Long.BYTES);
    return in.getLong();
  }

  /** As many octets as it says, which are whole words. */
  byte[] fixed(int length) throws SecurityFailure {
    need(length);
    byte[] octets = new byte[length];
    in.get(octets);
    return octets;
  }

  /** A length, so many octets, and padding to a word that may hold anything. */
  byte[] opaque(int most) throws SecurityFailure {
    long length = Integer.toUnsignedLong(int32());
    long padded = (length + WORD - 1) & -WORD;
    if (length > most || padded > in.remaining()) {
      throw malformed(length + " octets where " + in.remaining() + " follow");
    }
    byte[] octets = fixed((int) length);
    in.position(in.position() + (int) (padded - length));
    return octets;
  }

  /** The count of an array whose elements have at least so many octets each. */
  int count(int most, int leastElement) throws SecurityFailure {
    long count = Integer.toUnsignedLong(int32());
    if (count > most || count * leastElement > in.remaining()) {
      throw malformed(count + " elements where " + in.remaining() + " octets follow");
    }
    return (int) count;
  }

  private void need(int octets) throws SecurityFailure {
    if (octets > in.remaining()) {
      throw malformed("it ends early");
    }
  }

  private SecurityFailure malformed(String why) {
    return RxgkFault.MALFORMED.in(form, what + ": " + why);
  }
}
