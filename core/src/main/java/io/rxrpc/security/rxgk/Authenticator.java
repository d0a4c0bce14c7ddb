// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxgk;

import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import java.util.Arrays;

/**
 * What a client seals with its transport key to show that it has it (rxgk.md section 2).
 *
 * @param callNumbers by channel
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared as a whole
record Authenticator(
    byte[] nonce, byte[] appData, int level, int epoch, int cid, int[] callNumbers) {
  static final int NONCE_LENGTH = 20;
  static final int CHANNELS = 4;

  private static final int MAX_APP_DATA = 1416;

  static Authenticator of(
      byte[] nonce,
      byte[] appData,
      SecurityLevel level,
      ConnectionIdentity connection,
      int[] callNumbers) {
    return new Authenticator(
        nonce, appData, level.number(), connection.epoch(), connection.cid(), callNumbers);
  }

  byte[] octets() {
    RxgkWriter out =
        new RxgkWriter()
            .fixed(nonce)
            .opaque(appData)
            .int32(level)
            .int32(epoch)
            .int32(cid)
            .int32(callNumbers.length);
    for (int number : callNumbers) {
      out.int32(number);
    }
    return out.take();
  }

  /** What follows the fields is of no meaning, as for OpenAFS and Linux. */
  static Authenticator read(RxgkForm form, byte[] octets) throws SecurityFailure {
    RxgkReader in = new RxgkReader(form, "authenticator", octets);
    byte[] nonce = in.fixed(NONCE_LENGTH);
    byte[] appData = in.opaque(MAX_APP_DATA);
    int level = in.int32();
    int epoch = in.int32();
    int cid = in.int32();
    int[] numbers = new int[in.count(octets.length, Integer.BYTES)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.int32();
    }
    return new Authenticator(nonce, appData, level, epoch, cid, numbers);
  }

  /** Returns the call numbers of the four channels if it is for this challenge and connection. */
  int[] verified(
      RxgkForm form, byte[] challenge, ConnectionIdentity connection, SecurityLevel tokens)
      throws SecurityFailure {
    int wrong = level ^ tokens.number();
    wrong |= epoch ^ connection.epoch();
    wrong |= cid ^ connection.cid();
    for (int i = 0; i < NONCE_LENGTH; i++) {
      wrong |= nonce[i] ^ challenge[i]; // to the end
    }
    // Linux takes fewer numbers, none of them above 0x7fffffff; OpenAFS does not look at them
    boolean counted =
        form == RxgkForm.YFS ? callNumbers.length <= CHANNELS : callNumbers.length == CHANNELS;
    if (form == RxgkForm.YFS) {
      for (int number : callNumbers) {
        wrong |= number & 0x80000000;
      }
    }
    if (wrong != 0 || !counted) {
      throw RxgkFault.WRONG_RESPONSE.in(form, "the RESPONSE is not for this challenge");
    }
    int[] numbers = Arrays.copyOf(callNumbers, CHANNELS);
    for (int i = 0; i < CHANNELS; i++) {
      numbers[i] = Math.max(numbers[i], 0); // what no call can have tells nothing
    }
    return numbers;
  }
}
