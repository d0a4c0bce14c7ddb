package io.rxrpc.engine;

import io.rxrpc.security.NullSecurity;
import io.rxrpc.security.ServerSecurity;
import io.rxrpc.tuning.Tunable;
import org.jspecify.annotations.Nullable;

/** A connection that a peer opened to a service here. */
final class ServiceConnection extends Connection {
  /** How far its security is. */
  enum Securing {
    /** A RESPONSE is awaited. */
    CHALLENGED,
    /** A RESPONSE is being verified, or the class makes its security without one. */
    VERIFYING,
    /** The RESPONSE was wrong: the ABORT follows. */
    REFUSED,
    /** Calls may be served. */
    SECURE
  }

  final ServerSecurity serverSecurity;

  /** The service the client asked for; it goes on doing so until it hears of a newer one. */
  int askedService;

  Securing securing;

  /** Its security class is at it. */
  boolean begun;

  int nonce;

  /** The CHALLENGE, once it is made. */
  byte @Nullable [] challenge;

  int challenges;

  /** When the next CHALLENGE goes out, or the ABORT of a wrong RESPONSE. */
  long challengeAt = Long.MAX_VALUE;

  Handshake.@Nullable Refusal refusal;

  ServiceConnection(
      Endpoint endpoint,
      Peer peer,
      int epoch,
      int cid,
      int serviceId,
      Offers.Offer offer,
      long now) {
    super(endpoint, peer, epoch, cid, serviceId, offer.index(), now);
    serverSecurity = offer.security();
    askedService = serviceId;
    // who was not sent a serial must not guess it (Reach); Linux takes 0 for the least at first
    beginSerials(endpoint.random.nextInt() >>> 2);
    if (serverSecurity == NullSecurity.INSTANCE) {
      securing = Securing.SECURE;
      protection = Protection.NONE;
    } else {
      securing = offer.challenges() ? Securing.CHALLENGED : Securing.VERIFYING;
    }
  }

  /** The key under which its peer keeps it. */
  long key() {
    return key(epoch, cid);
  }

  static long key(int epoch, int cid) {
    return ((long) epoch << 32) | (cid & 0xfffffffcL);
  }

  @Override
  boolean isClient() {
    return false;
  }

  @Override
  void released(Channel channel, Call call, long now) {
    active--;
    idleSince = now;
    endpoint.timers.update(this);
  }

  @Override
  long deadline() {
    if (closed) {
      return Long.MAX_VALUE;
    }
    // a client that gave up before the ABORT shall get it all the same
    return active == 0 && refusal == null ? idleSince + expiry() : challengeAt;
  }

  @Override
  void expire(long now) {
    if (active == 0 && refusal == null) {
      if (idleSince + expiry() <= now) {
        endpoint.serviceSide.close(this, now);
      }
    } else if (challengeAt <= now) {
      endpoint.handshake.repeatChallenge(this, now);
    }
  }

  /** Not too short where calls were served: a packet that comes late must not begin one again. */
  private long expiry() {
    long expiry = endpoint.tunables.get(Tunable.SERVICE_IDLE_EXPIRY);
    if (peer.reach.stranger()) {
      expiry = Math.min(expiry, endpoint.peers.strangers.expiry);
    }
    if (securing != Securing.SECURE) {
      // of one that never answered a CHALLENGE nothing is worth keeping
      expiry = Math.min(expiry, endpoint.tunables.get(Tunable.CHALLENGE_RETRY));
    }
    return expiry;
  }
}
