// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.ConnectionSecurity;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.ResponsePacket;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.ServerSecurity;
import io.rxrpc.wire.AbortCodes;
import io.rxrpc.wire.Header;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;

/**
 * rxkad as a server offers it: challenges of version 2, tickets of Kerberos 4 and 5. Immutable and
 * safe for all threads. rxkad is weak by nature: 56-bit keys that can be found by trying.
 */
public final class RxkadServer implements ServerSecurity {
  private static final int MIN_TICKET = 32;
  private static final long NEVER = Long.MAX_VALUE;

  private final TicketOpener opener;
  private final InstantSource wallClock;
  private final SecurityLevel minimum;
  private final int maxTicket;
  private final Predicate<PeerIdentity> admission;

  private RxkadServer(Builder b) {
    opener = new TicketOpener(b.keys, b.services, b.refused, b.dotsInNames);
    wallClock = b.wallClock;
    minimum = b.minimum;
    maxTicket = b.maxTicket;
    admission = b.admission;
  }

  /**
   * {@return a server that takes tickets sealed with these keys}
   *
   * @param keys the keys
   * @param wallClock the time of day, for the validity of tickets and nothing else
   */
  public static Builder builder(ServerKeys keys, InstantSource wallClock) {
    return new Builder(keys, wallClock);
  }

  @Override
  public int securityIndex() {
    return RxkadConnection.INDEX;
  }

  @Override
  public boolean challenges() {
    return true;
  }

  @Override
  public int nonceLength() {
    return Integer.BYTES;
  }

  @Override
  public ConnectionSecurity unchallenged(ConnectionIdentity connection) {
    throw new IllegalStateException("rxkad always challenges");
  }

  @Override
  public byte[] challenge(ConnectionIdentity connection, byte[] nonce) {
    return challenge(nonce(nonce));
  }

  private static int nonce(byte[] octets) {
    return ByteBuffer.wrap(octets).getInt();
  }

  byte[] challenge(int nonce) {
    byte[] challenge = new byte[ResponseBody.CHALLENGE_LENGTH];
    MemorySegment p = MemorySegment.ofArray(challenge);
    ResponseBody.set(p, ResponseBody.CHALLENGE_VERSION, ResponseBody.VERSION_2);
    ResponseBody.set(p, ResponseBody.CHALLENGE_NONCE, nonce);
    ResponseBody.set(p, ResponseBody.CHALLENGE_LEVEL, minimum.number());
    return challenge;
  }

  @Override
  public Verified verify(ConnectionIdentity connection, byte[] nonce, ResponsePacket response)
      throws SecurityFailure {
    return verify(connection, nonce(nonce), response.payload());
  }

  Verified verify(ConnectionIdentity connection, int nonce, byte[] response)
      throws SecurityFailure {
    MemorySegment p = MemorySegment.ofArray(response);
    if (response.length < ResponseBody.LENGTH) {
      throw RxkadFailures.tooShort("a RESPONSE", response.length);
    }
    if (ResponseBody.get(p, ResponseBody.VERSION) != ResponseBody.VERSION_2) {
      throw RxkadFailures.version("the RESPONSE");
    }
    int length = ResponseBody.get(p, ResponseBody.TICKET_LENGTH);
    if (length < MIN_TICKET || length > maxTicket) {
      throw new SecurityFailure(
          AbortCodes.RXKADTICKETLEN, "a ticket of " + Integer.toUnsignedString(length) + " bytes");
    }
    if (length > response.length - ResponseBody.LENGTH) { // R-50, and nothing can overflow
      throw RxkadFailures.tooShort("a RESPONSE", response.length);
    }
    int kvno = ResponseBody.get(p, ResponseBody.KVNO);
    byte[] sealed = Arrays.copyOfRange(response, ResponseBody.LENGTH, ResponseBody.LENGTH + length);
    Ticket ticket = opener.open(connection.serviceId(), kvno, sealed);
    FcryptKey key = null;
    try {
      long now = seconds();
      checkTimes(kvno, ticket, now);
      key = new FcryptKey(ticket.sessionKey());
      Pcbc.decrypt(
          key,
          key.iv(),
          p,
          ResponseBody.SEALED,
          p, // a copy of the packet
          ResponseBody.SEALED,
          ResponseBody.SEALED_LENGTH);
      Verified verified = verified(connection, nonce, p, ticket, key);
      key = null;
      return verified;
    } finally {
      ticket.destroy();
      Arrays.fill(response, (byte) 0);
      if (key != null) {
        key.destroy();
      }
    }
  }

  private Verified verified(
      ConnectionIdentity connection, int nonce, MemorySegment p, Ticket ticket, FcryptKey key)
      throws SecurityFailure {
    // whole words, and no early end that would tell which of them was wrong
    int wrong = ResponseBody.checksum(p) ^ ResponseBody.get(p, ResponseBody.CHECKSUM);
    wrong |= ResponseBody.get(p, ResponseBody.EPOCH) ^ connection.epoch();
    wrong |= ResponseBody.get(p, ResponseBody.CID) ^ Header.connectionId(connection.cid());
    wrong |= ResponseBody.get(p, ResponseBody.SECURITY_INDEX) ^ RxkadConnection.INDEX;
    int[] callNumbers = new int[ResponseBody.CHANNELS];
    for (int i = 0; i < callNumbers.length; i++) {
      callNumbers[i] = ResponseBody.get(p, ResponseBody.CALL_NUMBERS + 4 * i);
      wrong |= callNumbers[i] & 0x80000000; // none is above 0x7fffffff
    }
    if (wrong != 0) {
      throw RxkadFailures.sealed("the RESPONSE is not sealed for this connection");
    }
    if (ResponseBody.get(p, ResponseBody.NONCE) != nonce + 1) {
      throw new SecurityFailure(
          AbortCodes.RXKADOUTOFSEQUENCE, "the RESPONSE is to another CHALLENGE");
    }
    int number = ResponseBody.get(p, ResponseBody.LEVEL);
    SecurityLevel level = SecurityLevel.of(number);
    if (level == null || level.compareTo(minimum) < 0) { // R-64; Linux does not look
      throw RxkadFailures.level(
          "level "
              + (level == null ? Integer.toUnsignedString(number) : level.label())
              + " where "
              + minimum
              + " is the least");
    }
    boolean ends = ticket.end() != TicketTimes.NEVER;
    PeerIdentity peer =
        new PeerIdentity.Kerberos4(
            RxkadConnection.MECHANISM,
            ticket.name(),
            ticket.instance(),
            ticket.cell(),
            ends ? Instant.ofEpochSecond(ticket.end()) : null,
            level);
    if (!admission.test(peer)) {
      throw RxkadFailures.noAuth(peer.principal() + " is not admitted");
    }
    long endMillis = ends ? ticket.end() * 1000 + 999 : NEVER;
    KeyCheck check =
        () -> {
          if (wallClock.millis() > endMillis) { // OpenAFS enforces the end on a live connection
            throw RxkadFailures.expired("the ticket of " + peer.principal());
          }
        };
    return new Verified(
        new RxkadConnection(connection, key, level, check, check, peer), callNumbers);
  }

  private static void checkTimes(int kvno, Ticket ticket, long now) throws SecurityFailure {
    boolean classic = kvno < KerberosTicket.WHOLE && kvno != KerberosTicket.ENCRYPTED_PART;
    if (!classic && ticket.end() < now) { // no grace here
      throw RxkadFailures.expired("the ticket of " + ticket.name());
    }
    TicketTimes.check(ticket.start(), ticket.end(), now);
  }

  private long seconds() {
    return Math.floorDiv(wallClock.millis(), 1000L);
  }

  @Override
  public String toString() {
    return "rxkad, at least " + minimum;
  }

  /** What a server asks of its clients. */
  public static final class Builder {
    private static final int MAX_TICKET = 12000;

    private final ServerKeys keys;
    private final InstantSource wallClock;
    private SecurityLevel minimum = SecurityLevel.CLEAR;
    private Set<String> services = Set.of("afs");
    private int maxTicket = MAX_TICKET;
    private boolean dotsInNames;
    private Set<Integer> refused = Set.of();
    private Predicate<PeerIdentity> admission = peer -> true;

    private Builder(ServerKeys keys, InstantSource wallClock) {
      this.keys = keys;
      this.wallClock = wallClock;
    }

    /**
     * {@return the least level that is served; clear unless said}
     *
     * @param level the security level
     */
    public Builder minimumLevel(SecurityLevel level) {
      minimum = level;
      return this;
    }

    /**
     * Names of services whose tickets are taken, empty = any; {@code afs} unless said.
     *
     * @param names the names
     * @return this
     */
    public Builder services(Set<String> names) {
      services = Set.copyOf(names);
      return this;
    }

    /**
     * {@return the longest ticket, 32..12000 bytes; 12000 unless said} Linux stops at 1024.
     *
     * @param bytes how many bytes
     */
    public Builder maxTicketLength(int bytes) {
      if (bytes < MIN_TICKET || bytes > MAX_TICKET) {
        throw new IllegalArgumentException("a ticket length of " + bytes);
      }
      maxTicket = bytes;
      return this;
    }

    /**
     * {@return encryption types of service keys that are not used although they are there; none
     * unless said} {@link ServerKeys#DES} stands for classic tickets and the three types of single
     * DES.
     *
     * @param types the encryption types
     */
    public Builder refusedEnctypes(Set<Integer> types) {
      refused = Set.copyOf(types);
      return this;
    }

    /**
     * Takes Kerberos 5 names with a dot in them, which may look like a name and an instance.
     *
     * @return this
     */
    public Builder dotsInNames() {
      dotsInNames = true;
      return this;
    }

    /**
     * Asked for every verified client; who is not admitted gets RXKADNOAUTH. Must not block.
     *
     * @param admits whether this caller may have calls
     * @return this
     */
    public Builder admission(Predicate<PeerIdentity> admits) {
      admission = admits;
      return this;
    }

    /** {@return the server's security} */
    public RxkadServer build() {
      return new RxkadServer(this);
    }
  }
}
