// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.key;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;

/**
 * A client's ticket for a service and the session key that belongs to it (security index 2). Equal
 * if all its fields are. Safe for all threads.
 */
public final class RxkadToken implements Token {
  /** Its security index. */
  public static final int INDEX = 2;

  /** Bytes of a session key. */
  public static final int SESSION_KEY_LENGTH = 8;

  /** Bytes of a ticket at most. */
  public static final int MAX_TICKET = 12000;

  private static final long MAX_SECONDS = 0xffffffffL;

  private final int viceId;
  private final int kvno;
  private final byte[] sessionKey;
  private final long begin;
  private final long end;
  private final boolean primary;
  private final byte[] ticket;
  private volatile boolean destroyed;

  /**
   * A token. The arrays are copied; the caller erases its own.
   *
   * @param viceId the AFS user id, 0 if unknown
   * @param kvno version of the service key, or 213 or 256 for a Kerberos 5 ticket
   * @param sessionKey 8 bytes
   * @param begin seconds since 1970, 0..0xffffffff
   * @param end seconds since 1970, 0..0xffffffff; 0xffffffff = never
   * @param primary whether it is of the user's primary cell
   * @param ticket at most 12000 bytes
   */
  public RxkadToken(
      int viceId,
      int kvno,
      byte[] sessionKey,
      long begin,
      long end,
      boolean primary,
      byte[] ticket) {
    if (sessionKey.length != SESSION_KEY_LENGTH || ticket.length > MAX_TICKET) {
      throw new IllegalArgumentException("session key or ticket of a wrong length");
    }
    if (begin < 0 || begin > MAX_SECONDS || end < 0 || end > MAX_SECONDS) {
      throw new IllegalArgumentException("a time outside 32 bits");
    }
    this.viceId = viceId;
    this.kvno = kvno;
    this.sessionKey = sessionKey.clone();
    this.begin = begin;
    this.end = end;
    this.primary = primary;
    this.ticket = ticket.clone();
  }

  /**
   * A token of which no more is known.
   *
   * @param kvno the version number of the service's key
   * @param sessionKey the session key, 8 bytes
   * @param end when it ends, in seconds since 1970
   * @param ticket the ticket
   */
  public RxkadToken(int kvno, byte[] sessionKey, long end, byte[] ticket) {
    this(0, kvno, sessionKey, 0, end, false, ticket);
  }

  @Override
  public int securityIndex() {
    return INDEX;
  }

  /** {@return the AFS user id, 0 if unknown} */
  public int viceId() {
    return viceId;
  }

  /** {@return version of the service key, or 213 or 256} */
  public int kvno() {
    return kvno;
  }

  /** {@return when it begins, seconds since 1970} */
  public long begin() {
    return begin;
  }

  /** {@return when it ends, seconds since 1970; 0xffffffff = never} */
  public long end() {
    return end;
  }

  @Override
  public boolean endless() {
    return end == MAX_SECONDS;
  }

  @Override
  public Instant expiry() {
    return endless() ? Instant.MAX : Instant.ofEpochSecond(end);
  }

  /** {@return whether it is of the user's primary cell} */
  public boolean primary() {
    return primary;
  }

  /**
   * {@return a copy of the session key, which the caller erases; zeros if the token is destroyed}
   */
  public byte[] sessionKey() {
    return sessionKey.clone();
  }

  /** {@return a copy of the ticket} */
  public byte[] ticket() {
    return ticket.clone();
  }

  /** {@return bytes of the ticket} */
  public int ticketLength() {
    return ticket.length;
  }

  @Override
  public boolean destroyed() {
    return destroyed;
  }

  @Override
  public void destroy() {
    destroyed = true;
    Arrays.fill(sessionKey, (byte) 0);
  }

  @Override
  public boolean equals(Object o) {
    return o == this
        || (o instanceof RxkadToken t
            && kvno == t.kvno
            && end == t.end
            && begin == t.begin
            && viceId == t.viceId
            && primary == t.primary
            && destroyed == t.destroyed
            && MessageDigest.isEqual(ticket, t.ticket)
            && MessageDigest.isEqual(sessionKey, t.sessionKey));
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(ticket) + kvno; // the ticket is no secret, and stays
  }

  @Override
  public String toString() {
    return "rxkad token, kvno "
        + Integer.toUnsignedString(kvno)
        + ", ticket of "
        + ticket.length
        + " bytes"
        + (destroyed ? ", destroyed" : "");
  }
}
