// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import io.rxrpc.key.RxkadToken;
import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.udp.Errno;
import io.rxrpc.wire.AbortCodes;
import io.rxrpc.wire.Header;
import java.lang.foreign.MemorySegment;

/**
 * What a client says of itself to a CHALLENGE (rxkad.md 3): the payload of a RESPONSE.
 *
 * @param session the token's key, expanded
 */
record RxkadAnswer(
    RxkadToken token, SecurityLevel level, FcryptKey session, ConnectionIdentity connection) {

  /** To version 2. */
  byte[] to(MemorySegment challenge, int[] callNumbers) throws SecurityFailure {
    int size = (int) challenge.byteSize();
    if (size == ResponseBody.OLD_CHALLENGE_LENGTH) {
      throw RxkadFailures.version("the CHALLENGE"); // it would bind the answer to no connection
    }
    if (size < ResponseBody.CHALLENGE_LENGTH) {
      throw RxkadFailures.tooShort("a CHALLENGE", size);
    }
    if (ResponseBody.get(challenge, ResponseBody.CHALLENGE_VERSION) != ResponseBody.VERSION_2) {
      throw RxkadFailures.version("the CHALLENGE");
    }
    checkLevel(ResponseBody.get(challenge, ResponseBody.CHALLENGE_LEVEL));
    byte[] ticket = token.ticket();
    byte[] response = new byte[ResponseBody.LENGTH + ticket.length];
    MemorySegment p = MemorySegment.ofArray(response);
    ResponseBody.set(p, ResponseBody.VERSION, ResponseBody.VERSION_2);
    ResponseBody.set(p, ResponseBody.EPOCH, connection.epoch());
    ResponseBody.set(p, ResponseBody.CID, Header.connectionId(connection.cid()));
    ResponseBody.set(p, ResponseBody.SECURITY_INDEX, RxkadConnection.INDEX);
    for (int i = 0; i < ResponseBody.CHANNELS; i++) {
      ResponseBody.set(p, ResponseBody.CALL_NUMBERS + 4 * i, callNumbers[i]);
    }
    int nonce = ResponseBody.get(challenge, ResponseBody.CHALLENGE_NONCE);
    ResponseBody.set(p, ResponseBody.NONCE, nonce + 1);
    ResponseBody.set(p, ResponseBody.LEVEL, level.number());
    ResponseBody.set(p, ResponseBody.KVNO, token.kvno());
    ResponseBody.set(p, ResponseBody.TICKET_LENGTH, ticket.length);
    ResponseBody.set(p, ResponseBody.CHECKSUM, ResponseBody.checksum(p));
    Pcbc.encrypt(
        session,
        session.iv(),
        p,
        ResponseBody.SEALED,
        p,
        ResponseBody.SEALED,
        ResponseBody.SEALED_LENGTH);
    System.arraycopy(ticket, 0, response, ResponseBody.LENGTH, ticket.length);
    return response;
  }

  /** To the version before it. */
  byte[] old(MemorySegment challenge) throws SecurityFailure {
    checkLevel(ResponseBody.get(challenge, ResponseBody.OLD_LEVEL));
    byte[] ticket = token.ticket();
    byte[] response = new byte[ResponseBody.OLD_LENGTH + ticket.length];
    MemorySegment p = MemorySegment.ofArray(response);
    int nonce = ResponseBody.get(challenge, ResponseBody.OLD_NONCE);
    Pcbc.setBlock(p, 0, session.encrypt(Rounds.join(nonce + 1, level.number())));
    ResponseBody.set(p, ResponseBody.OLD_KVNO, token.kvno());
    ResponseBody.set(p, ResponseBody.OLD_TICKET_LENGTH, ticket.length);
    System.arraycopy(ticket, 0, response, ResponseBody.OLD_LENGTH, ticket.length);
    return response;
  }

  private void checkLevel(int least) throws SecurityFailure {
    if (Integer.compareUnsigned(least, level.number()) > 0) {
      throw new SecurityFailure(
          AbortCodes.RXKADLEVELFAIL,
          Errno.EACCES,
          "the server asks for level " + Integer.toUnsignedString(least) + ", ours is " + level);
    }
  }
}
