// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.policy.IdleExpiry;
import io.rxrpc.engine.policy.IdleProbe;
import io.rxrpc.engine.policy.PeerSerials;
import io.rxrpc.engine.policy.Proof;
import io.rxrpc.security.ClientConnectionSecurity;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.wire.AbortCodes;
import io.rxrpc.wire.Sequence;
import org.jspecify.annotations.Nullable;

/** A connection that this side opened. */
final class ClientConnection extends Connection {
  /** Codes from here to -1 are of Rx itself. */
  private static final int LEAST_RX_CODE = -100;

  final Bundle bundle;
  private final Role<ClientConnection> role;
  private final IdleExpiry expiry;

  /** No new call may begin on it: a security failure, a dead channel, or the last call number. */
  private boolean retired;

  final PeerSerials serials = new PeerSerials();

  /** Whether the connection is for one call only. */
  final boolean single;

  /** The server has been asked for a newer service and has not answered yet. */
  boolean upgrading;

  /** Asks the peer for a sign of life between calls, where that is wanted. */
  private @Nullable IdleProbe idleProbe;

  /** The security class is answering a CHALLENGE. */
  boolean responding;

  /** What answers a CHALLENGE; null without security. */
  @Nullable ClientConnectionSecurity responder;

  /** Whether its server believes who calls. */
  final Proof proof;

  /** A CHALLENGE that somebody else is to answer. */
  @Nullable OpenChallenge challenge;

  ClientConnection(
      EngineContext context,
      Role<ClientConnection> role,
      IdleExpiry expiry,
      Bundle bundle,
      int epoch,
      int cid,
      long now) {
    super(
        context,
        bundle.peer,
        epoch,
        cid,
        bundle.serviceId,
        bundle.clientSecurity.securityIndex(),
        now);
    this.role = role;
    this.expiry = expiry;
    this.bundle = bundle;
    single = bundle.key.only() != null;
    upgrading = bundle.key.upgrade();
    proof = new Proof(securityIndex == NullSecurity.INSTANCE.securityIndex());
  }

  /** The security of the connection is there: its life begins. */
  void began(long now) {
    idleSince = now;
  }

  @Override
  boolean isClient() {
    return true;
  }

  @Override
  void released(Channel channel, Call call, long now) {
    active--;
    idleSince = now;
    if (active == 0 && idleProbe != null) {
      idleProbe.begin(now);
    }
    role.released(this, channel, call, now);
  }

  @Override
  void asked(long now) {
    role.asked(this, now);
  }

  /** A call on one of its channels has ended so: whether a next one may begin on the connection. */
  boolean isFitAfter(@Nullable Completion end, Channel channel) {
    return !upgrading // only the first call of a connection can ask
        && !isSuspectAfter(end)
        && channel.callNumber != Sequence.MAX_CALL_NUMBER;
  }

  /** Whether the server may have lost this connection, or be busy on this channel. */
  private static boolean isSuspectAfter(@Nullable Completion end) {
    return end != null
        && switch (end.kind()) {
          case SUCCESS, LOCAL_ABORT -> false;
          case REMOTE_ABORT ->
              end.abortCode() == AbortCodes.RX_PROTOCOL_ERROR
                  || end.abortCode() == AbortCodes.RX_CALL_DEAD;
          case NETWORK_ERROR, LOCAL_ERROR, BUSY -> true;
        };
  }

  /**
   * Whether a call has ended as only its service can end it: with a code that is none of Rx itself,
   * which also ends calls that no service has seen.
   */
  static boolean isEndedByService(@Nullable Completion end) {
    return end != null
        && end.kind() == Completion.Kind.REMOTE_ABORT
        && (end.abortCode() > 0 || end.abortCode() < LEAST_RX_CODE);
  }

  /** No new call begins on it from now on. */
  void retire() {
    if (!retired && !closed) {
      retired = true;
      bundle.retired++;
    }
  }

  boolean retired() {
    return retired;
  }

  @Override
  public long deadline() {
    if (closed) {
      return Long.MAX_VALUE;
    }
    long d = idleUntil();
    for (int i = 0; i < CHANNELS; i++) {
      Channel ch = used(i);
      d = ch == null ? d : Math.min(d, ch.finalAckAt);
    }
    return Math.min(Math.min(d, responseAt()), idleProbeAt());
  }

  /** When it is forgotten if no call comes; {@link Long#MAX_VALUE} while it has one. */
  long idleUntil() {
    return active == 0 ? idleSince + expiry.of(single) : Long.MAX_VALUE;
  }

  /** When the RESPONSE goes again by itself; {@link Long#MAX_VALUE} for never. */
  long responseAt() {
    return active == 0 ? Long.MAX_VALUE : proof.repeatAt();
  }

  /** When its idle peer is asked next; {@link Long#MAX_VALUE} for never. */
  long idleProbeAt() {
    return active == 0 && idleProbe != null ? idleProbe.at() : Long.MAX_VALUE;
  }

  @Override
  public void expire(long now) {
    role.expired(this, now);
  }

  /** Asks the idle peer for a sign of life; false if it has been asked in vain often enough. */
  boolean sendIdleProbe(long now) {
    boolean asks = idleProbe != null && idleProbe.mayAsk(now);
    if (asks) {
      context.counters.add(Counter.IDLE_PROBES_SENT);
      context.control.versionRequest(address, 0);
      context.timers.update(this);
    }
    return asks;
  }

  /** Whether it is idle and its peer is asked for signs of life. */
  boolean isIdleProbed() {
    return active == 0 && idleProbe != null && !closed;
  }

  @Override
  boolean asksForUpgrade() {
    return upgrading;
  }

  @Override
  void keepAlive() {
    if (idleProbe == null) {
      idleProbe = new IdleProbe(context.tuning.probeInterval(), context.tuning.probeLimit());
    }
  }

  /** The peer has answered a probe, or somebody else's question. */
  void alive(long now) {
    if (active == 0 && idleProbe != null) {
      idleProbe.begin(now);
      context.timers.update(this);
    }
  }
}
