package io.rxrpc.engine;

import io.rxrpc.wire.Sequence;

/** A connection that this side opened. */
final class ClientConnection extends Connection {
  final Bundle bundle;

  /** No new call may begin on it: a security failure, a dead channel, or the last call number. */
  boolean retired;

  /** A CHALLENGE is being answered. */
  boolean responding;

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
  }

  @Override
  boolean isClient() {
    return true;
  }

  @Override
  void released(Channel channel, Call call, long now) {
    active--;
    idleSince = now;
    Completion end = call.completion();
    if (end != null && !end.ok() && end.kind() != Completion.Kind.REMOTE_ABORT) {
      // the server may have lost this connection, or be busy on this channel: take a fresh one
      retired |= end.kind() != Completion.Kind.LOCAL_ABORT;
    }
    if (channel.callNumber == Sequence.MAX_CALL_NUMBER) {
      retired = true;
    }
    endpoint.clientSide.channelFree(this, channel, now);
    endpoint.timers.update(this);
  }

  @Override
  long deadline() {
    long d = active == 0 ? idleSince + endpoint.clientSide.idleExpiry() : Long.MAX_VALUE;
    for (Channel ch : channels) {
      d = Math.min(d, ch.finalAckAt);
    }
    return d;
  }

  @Override
  void expire(long now) {
    sendFinalAcks(now);
    if (active == 0 && idleSince + endpoint.clientSide.idleExpiry() <= now) {
      endpoint.clientSide.close(this, now);
    }
  }
}
