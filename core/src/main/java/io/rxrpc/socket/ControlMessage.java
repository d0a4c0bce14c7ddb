// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import io.rxrpc.udp.Errno;
import io.rxrpc.wire.AbortCodes;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The control data of a message: which call it concerns, what is to be done, what has happened. The
 * comment of each says where it may be used: S in sendmsg, R from recvmsg, T as the last message of
 * a call.
 */
public sealed interface ControlMessage {
  /** {@return the number that C and {@link RxrpcOption#SUPPORTED_CMSG} know it by} */
  int type();

  /**
   * SR: the tag of a call, chosen by the application: by a client with the first message of a call,
   * by a server with {@link Accept} or {@link ChargeAccept}. In every message but {@link NewCall}.
   *
   * @param tag any 64 bits
   */
  record UserCallId(long tag) implements ControlMessage {
    @Override
    public int type() {
      return 1;
    }

    @Override
    public String toString() {
      return "USER_CALL_ID=" + Long.toUnsignedString(tag);
    }
  }

  /**
   * SRT: aborts a call, or tells that it was aborted. Sent, it ends the use of the tag at once and
   * discards what waits to be received for it.
   *
   * @param code the abort code; 0 cannot be sent
   */
  record Abort(int code) implements ControlMessage {
    @Override
    public int type() {
      return 2;
    }

    /** {@return the name of the code, or null if it belongs to the application} */
    public @Nullable String name() {
      return AbortCodes.name(code);
    }

    @Override
    public String toString() {
      return "ABORT=" + AbortCodes.describe(code);
    }
  }

  /**
   * SR: names a request for debugging, in place of {@link UserCallId}. Debug ids and tags do not
   * collide.
   *
   * @param id any 64 bits
   */
  record DebugId(long id) implements ControlMessage {
    @Override
    public int type() {
      return 32;
    }

    @Override
    public String toString() {
      return "DEBUG_ID=" + Long.toUnsignedString(id);
    }
  }

  /**
   * S: asks the addressed server about itself. Nothing is sent again by itself, and many servers do
   * not answer: the same {@link DebugId} sent once more repeats the request, an {@link Abort} gives
   * it up.
   *
   * @param debugType 1 figures of the server, 2 a connection with calls, 3 any connection, 4
   *     counters of packets, 5 a peer
   * @param index which connection or peer, from 0
   */
  record DebugRequest(int debugType, int index) implements ControlMessage {
    @Override
    public int type() {
      return 33;
    }

    @Override
    public String toString() {
      return "DEBUG_REQUEST=" + debugType + "[" + index + "]";
    }
  }

  /**
   * RT: the answer; the data is the record as it came.
   *
   * @param debugType what was asked for
   */
  record DebugReply(int debugType) implements ControlMessage {
    @Override
    public int type() {
      return 34;
    }

    @Override
    public String toString() {
      return "DEBUG_REPLY=" + debugType;
    }
  }

  /** RT, server: the final ACK of the call has come; it is complete. */
  record Ack() implements ControlMessage {
    @Override
    public int type() {
      return 3;
    }

    @Override
    public String toString() {
      return "ACK";
    }
  }

  /**
   * RT: an ICMP error ended the call.
   *
   * @param number the Linux errno
   */
  record NetError(int number) implements ControlMessage {
    @Override
    public int type() {
      return 5;
    }

    /** {@return the errno by name, or null if it is not one that is listed} */
    public @Nullable Errno errno() {
      return Errno.of(number);
    }

    @Override
    public String toString() {
      return "NET_ERROR=" + Errno.name(number);
    }
  }

  /** RT, client: the server was too busy to take the call. */
  record Busy() implements ControlMessage {
    @Override
    public int type() {
      return 6;
    }

    @Override
    public String toString() {
      return "BUSY";
    }
  }

  /**
   * RT: something here failed, and the call was aborted because of it.
   *
   * @param number the Linux errno
   */
  record LocalError(int number) implements ControlMessage {
    @Override
    public int type() {
      return 7;
    }

    /** {@return the errno by name, or null if it is not one that is listed} */
    public @Nullable Errno errno() {
      return Errno.of(number);
    }

    @Override
    public String toString() {
      return "LOCAL_ERROR=" + Errno.name(number);
    }
  }

  /** R, server: a call waits to be accepted. It has no tag yet. */
  record NewCall() implements ControlMessage {
    @Override
    public int type() {
      return 8;
    }

    @Override
    public String toString() {
      return "NEW_CALL";
    }
  }

  /** S, server: takes the first call that waits, under the tag that goes with it. */
  record Accept() implements ControlMessage {
    @Override
    public int type() {
      return 9;
    }

    @Override
    public String toString() {
      return "ACCEPT";
    }
  }

  /** S, client, first message of a call: the call gets a connection of its own, used only once. */
  record ExclusiveCall() implements ControlMessage {
    @Override
    public int type() {
      return 10;
    }

    @Override
    public String toString() {
      return "EXCLUSIVE_CALL";
    }
  }

  /** S, client, first message of a call: the server may answer as a newer service. */
  record UpgradeService() implements ControlMessage {
    @Override
    public int type() {
      return 11;
    }

    @Override
    public String toString() {
      return "UPGRADE_SERVICE";
    }
  }

  /**
   * S, with the first data of a phase: how long the phase will be. Sending more, or ending it with
   * less, is EMSGSIZE.
   *
   * @param bytes 0 or more
   */
  record TxLength(long bytes) implements ControlMessage {
    @Override
    public int type() {
      return 12;
    }

    @Override
    public String toString() {
      return "TX_LENGTH=" + bytes;
    }
  }

  /**
   * S: limits of the call from now on. A null leaves a limit as it is.
   *
   * @param hard the call's life from now, in whole seconds (parts are rounded up); zero: no limit
   * @param idle the longest gap between a request's packets, at most an hour
   * @param normal the longest silence of the peer, at most an hour
   */
  record SetCallTimeout(Duration hard, @Nullable Duration idle, @Nullable Duration normal)
      implements ControlMessage {
    /**
     * Limits the call's life only.
     *
     * @param hard the time limit of the whole call
     */
    public SetCallTimeout(Duration hard) {
      this(hard, null, null);
    }

    @Override
    public int type() {
      return 13;
    }

    @Override
    public String toString() {
      return "SET_CALL_TIMEOUT=" + hard + "," + idle + "," + normal;
    }
  }

  /**
   * S, server: gives a tag to a call that is still to come. A socket that has done this once gets
   * no {@link NewCall} any more: only calls with such a tag are taken.
   */
  record ChargeAccept() implements ControlMessage {
    @Override
    public int type() {
      return 14;
    }

    @Override
    public String toString() {
      return "CHARGE_ACCEPT";
    }
  }

  /**
   * SR: names a message outside the calls, in place of {@link UserCallId}: a CHALLENGE, and the
   * answer to it.
   *
   * @param id given by the socket, never twice
   */
  record OobId(long id) implements ControlMessage {
    @Override
    public int type() {
      return 15;
    }

    @Override
    public String toString() {
      return "OOB_ID=" + Long.toUnsignedString(id);
    }
  }

  /**
   * R, client, with {@link RxrpcOption#MANAGE_RESPONSE}: the server wants to know who calls. Wants
   * a {@link Respond} under the same {@link OobId}; until then the server keeps the calls of the
   * connection waiting. When the last of them has ended, it cannot be answered any more.
   *
   * @param serviceId the service of the connection
   * @param securityIndex the security class: 2 is rxkad
   * @param challenge what the server sent, read only; for who makes the answer by himself
   */
  record Challenged(int serviceId, int securityIndex, ByteBuffer challenge)
      implements ControlMessage {
    /** Keeps the buffer's memory, from the position on. */
    public Challenged {
      challenge = challenge.slice().asReadOnlyBuffer();
    }

    /** {@return what the server sent, with a position of its own} */
    @Override
    public ByteBuffer challenge() {
      return challenge.duplicate();
    }

    @Override
    public int type() {
      return 16;
    }

    @Override
    public String toString() {
      return "CHALLENGED=" + serviceId + ":" + securityIndex;
    }
  }

  /**
   * S, client: answers the CHALLENGE of the {@link OobId} that goes with it. Without data the
   * call's key answers, as it does where nobody asks for challenges; data is sent as the RESPONSE
   * as it is. With an {@link Abort} beside it, or with the Abort alone, the challenge is rejected:
   * the connection and its calls are aborted with the code. EBADSLT when there is no such CHALLENGE
   * any more.
   */
  record Respond() implements ControlMessage {
    @Override
    public int type() {
      return 17;
    }

    @Override
    public String toString() {
      return "RESPOND";
    }
  }
}
