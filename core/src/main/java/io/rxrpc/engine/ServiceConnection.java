// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.security.NullSecurity;
import io.rxrpc.security.ServerSecurity;
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

  /**
   * How long one without calls is kept, in nanoseconds.
   *
   * @param normal not too short where calls were served: a packet that comes late must not begin
   *     one again
   * @param stranger at most, if its peer has answered nothing yet
   * @param unsecured at most, if it never answered a CHALLENGE: nothing of it is worth keeping
   *     (R-25)
   */
  record Expiry(long normal, long stranger, long unsecured) {}

  /** Why a connection will be aborted. */
  record Refused(int code, String reason) {}

  private static final byte[] NO_NONCE = {};

  final ServerSecurity serverSecurity;
  private final Role<ServiceConnection> role;
  private final Expiry expiry;

  /** The service the client asked for; it goes on doing so until it hears of a newer one. */
  int askedService;

  Securing securing;

  /** Whether the security class has been asked to secure the connection. */
  boolean begun;

  /** Of its CHALLENGE, as long as the class wants it. */
  final byte[] nonce;

  /** The CHALLENGE, once it is made. */
  byte @Nullable [] challenge;

  int challenges;

  /** When the next CHALLENGE goes out, or the ABORT of a wrong RESPONSE. */
  long challengeAt = Long.MAX_VALUE;

  @Nullable Refused refused;

  ServiceConnection(
      EngineContext context,
      Role<ServiceConnection> role,
      Peer peer,
      int epoch,
      int cid,
      int serviceId,
      Offers.Offer offer,
      Expiry expiry,
      long now) {
    super(context, peer, epoch, cid, serviceId, offer.index(), now);
    this.role = role;
    this.expiry = expiry;
    serverSecurity = offer.security();
    askedService = serviceId;
    nonce = offer.nonceLength() == 0 ? NO_NONCE : new byte[offer.nonceLength()];
    // who was not sent a serial must not guess it (Reach); Linux takes 0 for the least at first
    beginSerials(context.random.nextInt() >>> 2);
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
    role.released(this, channel, call, now);
  }

  @Override
  void asked(long now) {
    role.asked(this, now);
  }

  @Override
  public long deadline() {
    return closed ? Long.MAX_VALUE : Math.min(idleUntil(), challengeDue());
  }

  /** When it is forgotten if no call comes; {@link Long#MAX_VALUE} while it has one. */
  long idleUntil() {
    // a client that gave up before the ABORT shall get it all the same
    return active == 0 && refused == null ? idleSince + idle() : Long.MAX_VALUE;
  }

  /**
   * When a CHALLENGE is to be repeated, or an ABORT to be sent; none where no call waits for it.
   */
  long challengeDue() {
    return active == 0 && refused == null ? Long.MAX_VALUE : challengeAt;
  }

  @Override
  public void expire(long now) {
    role.expired(this, now);
  }

  private long idle() {
    long idle = expiry.normal();
    if (peer.reach.stranger()) {
      idle = Math.min(idle, expiry.stranger());
    }
    if (securing != Securing.SECURE) {
      idle = Math.min(idle, expiry.unsecured());
    }
    return idle;
  }
}
