// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.udp.Errno;
import io.rxrpc.wire.Abort;
import io.rxrpc.wire.AbortCodes;
import java.lang.foreign.MemorySegment;

/**
 * How a call ended.
 *
 * @param kind what ended it
 * @param abortCode the abort code received, sent or implied; 0 for none
 * @param errno the Linux errno that fits; 0 for success
 * @param reason one phrase for a person
 * @param unheard whether the network refused it before anything of the peer was heard: it may be
 *     made elsewhere
 */
public record Completion(Kind kind, int abortCode, int errno, String reason, boolean unheard) {
  /** The end of a call that may have reached its peer. */
  public Completion(Kind kind, int abortCode, int errno, String reason) {
    this(kind, abortCode, errno, reason, false);
  }

  /** Something here has failed; the peer is told nothing. */
  static Completion local(Errno errno, String why) {
    return new Completion(Kind.LOCAL_ERROR, 0, errno.number(), why);
  }

  /** This side has sent an ABORT. */
  static Completion aborted(int code, String why) {
    return new Completion(Kind.LOCAL_ABORT, code, Errno.ECONNABORTED.number(), why);
  }

  /** The server is busy. */
  static Completion busy(String why) {
    return new Completion(Kind.BUSY, 0, Errno.EBUSY.number(), why);
  }

  /** What a received ABORT makes of a call; code 0 must not look like success. */
  static Completion abortedByPeer(MemorySegment p, long at) {
    int code = Abort.code(p, at);
    return new Completion(
        Kind.REMOTE_ABORT,
        code == 0 ? AbortCodes.RX_PROTOCOL_ERROR : code,
        Errno.ECONNABORTED.number(),
        "aborted by the peer");
  }

  /** The reply is complete, or the final hard ACK came. */
  public static final Completion SUCCESS = new Completion(Kind.SUCCESS, 0, 0, "complete");

  /** What ended a call. */
  public enum Kind {
    /** Both phases are through. */
    SUCCESS,
    /** The peer sent an ABORT. */
    REMOTE_ABORT,
    /** This side sent an ABORT, for the application or for a protocol violation. */
    LOCAL_ABORT,
    /** ICMP told that the peer cannot be reached. */
    NETWORK_ERROR,
    /** Something here failed, or time ran out. */
    LOCAL_ERROR,
    /** The server was too busy for too long. */
    BUSY
  }

  /** Whether the peer was told by an ABORT with this code. */
  boolean sent() {
    return abortCode != 0 && (kind == Kind.LOCAL_ABORT || kind == Kind.LOCAL_ERROR);
  }

  /** Whether both phases are through. */
  public boolean ok() {
    return kind == Kind.SUCCESS;
  }
}
