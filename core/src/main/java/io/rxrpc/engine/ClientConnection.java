package io.rxrpc.engine;

import io.rxrpc.security.NullSecurity;
import io.rxrpc.wire.AbortCodes;
import io.rxrpc.wire.Sequence;
import org.jspecify.annotations.Nullable;

/** A connection that this side opened. */
final class ClientConnection extends Connection {
  /** Codes from here to -1 are of Rx itself. */
  private static final int LEAST_RX_CODE = -100;

  final Bundle bundle;

  /** No new call may begin on it: a security failure, a dead channel, or the last call number. */
  private boolean retired;

  final PeerSerials serials = new PeerSerials();

  /** It is for one call only. */
  final boolean single;

  /** The server has been asked for a newer service and has not answered yet. */
  boolean probing;

  /** Asks the peer for a sign of life between calls, where that is wanted. */
  private @Nullable IdleProbe probe;

  /** The security class is answering a CHALLENGE. */
  boolean responding;

  /** Whether its server believes who calls. */
  final Proof proof;

  /** A CHALLENGE that somebody else is to answer. */
  @Nullable OpenChallenge challenge;

  ClientConnection(Endpoint endpoint, Bundle bundle, int epoch, int cid, long now) {
    super(
        endpoint,
        bundle.peer,
        epoch,
        cid,
        bundle.serviceId,
        bundle.clientSecurity.securityIndex(),
        now);
    this.bundle = bundle;
    single = bundle.key.only() != null;
    probing = bundle.key.upgrade();
    proof = new Proof(this, securityIndex == NullSecurity.INSTANCE.securityIndex());
  }

  /** Its security is there: its life begins. */
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
    if (active == 0 && probe != null) {
      probe.begin(now);
    }
    if (active == 0) {
      endpoint.handshake.expire(this);
    }
    if (probing) {
      retire(); // only the first call of a connection can ask
      bundle.probing = false;
    }
    Completion end = call.completion();
    if (end != null && !end.ok()) {
      // the server may have lost this connection, or be busy on this channel: take a fresh one
      //
      boolean suspect =
          switch (end.kind()) {
            case SUCCESS, LOCAL_ABORT -> false;
            case REMOTE_ABORT ->
                end.abortCode() == AbortCodes.RX_PROTOCOL_ERROR
                    || end.abortCode() == AbortCodes.RX_CALL_DEAD;
            case NETWORK_ERROR, LOCAL_ERROR, BUSY -> true;
          };
      if (suspect) {
        retire();
      }
    }
    if (!proof.given()) {
      if (end != null && end.kind() == Completion.Kind.REMOTE_ABORT && isOfService(end)) {
        endpoint.clientSide.proven(this, channel, now);
      } else {
        retire(); // the next call's number would not be that of the RESPONSE
      }
    }
    if (channel.callNumber == Sequence.MAX_CALL_NUMBER) {
      retire();
    }
    endpoint.clientSide.channelFree(this, channel, now);
    endpoint.timers.update(this);
  }

  /** Whether the code is none of Rx itself, which also ends calls that no service has seen. */
  private static boolean isOfService(Completion end) {
    return end.abortCode() > 0 || end.abortCode() < LEAST_RX_CODE;
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
  long deadline() {
    if (closed) {
      return Long.MAX_VALUE;
    }
    long d = active == 0 ? idleSince + endpoint.clientSide.idleExpiry(single) : Long.MAX_VALUE;
    for (Channel ch : channels) {
      d = Math.min(d, ch.finalAckAt);
    }
    d = Math.min(d, proof.repeatAt());
    return active == 0 && probe != null ? Math.min(d, probe.at()) : d;
  }

  @Override
  void expire(long now) {
    sendFinalAcks(now);
    if (proof.repeatAt() <= now) {
      proof.repeat(now);
    }
    if (active == 0 && idleSince + endpoint.clientSide.idleExpiry(single) <= now) {
      endpoint.clientSide.close(this, now);
    } else if (active == 0 && probe != null && probe.at() <= now) {
      probe(probe, now);
    }
  }

  private void probe(IdleProbe p, long now) {
    if (p.mayAsk(now)) {
      endpoint.counters.add(Counter.IDLE_PROBES_SENT);
      endpoint.control.versionRequest(peer.address, 0);
      endpoint.timers.update(this);
    } else {
      giveUp(now);
    }
  }

  /** An idle connection that is probed is not used again: its peer has gone. */
  void giveUp(long now) {
    if (active == 0 && probe != null && !closed) {
      endpoint.counters.add(Counter.IDLE_CONNECTIONS_GIVEN_UP);
      endpoint.clientSide.close(this, now);
    }
  }

  /** Has the connection probed between calls from now on. */
  void keepAlive() {
    if (probe == null) {
      probe = new IdleProbe(endpoint.probeInterval, endpoint.probeLimit);
    }
  }

  /** Its peer answered a probe, or somebody else's question. */
  void alive(long now) {
    if (active == 0 && probe != null) {
      probe.begin(now);
      endpoint.timers.update(this);
    }
  }
}
