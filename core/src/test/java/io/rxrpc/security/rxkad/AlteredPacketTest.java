// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.key.RxkadToken;
import io.rxrpc.security.ConnectionSecurity;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.ServerSecurity.Verified;
import io.rxrpc.wire.AbortCodes;
import io.rxrpc.wire.Header;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * One bit flipped anywhere in challenge, response, ticket, header or data, 100,000 times: the
 * outcome is the right data, a named failure, or exactly what rxkad by its nature cannot detect.
 *
 * <p>What it cannot detect, field by field: data at level clear; data behind the first 8 bytes of
 * payload at level auth; the data from the altered block on at level encrypt; the two top bits of a
 * sequence number; serial number, flags and user status; and one in 65,535 alterations of channel,
 * call or sequence number, whose checksum is the same by chance.
 */
@Tag("long")
class AlteredPacketTest {
  private static final Instant NOW = Instant.parse("2026-11-22T16:00:00Z");
  private static final InstantSource CLOCK = () -> NOW;
  private static final int ROUNDS = 100_000;
  private static final int[] CALLS = {1, 0, 0, 0};
  private static final byte[] AES_KEY = Arrays.copyOf(TestKeys.AES_KEY, 16);

  /** What may be said of an altered RESPONSE. */
  private static final Set<Integer> RESPONSE_CODES =
      Set.of(
          AbortCodes.RXKADINCONSISTENCY,
          AbortCodes.RXKADPACKETSHORT,
          AbortCodes.RXKADTICKETLEN,
          AbortCodes.RXKADNOAUTH,
          AbortCodes.RXKADBADTICKET,
          AbortCodes.RXKADUNKNOWNKEY,
          AbortCodes.RXKADEXPIRED,
          AbortCodes.RXKADSEALEDINCON);

  private static final Set<Integer> DATA_CODES =
      Set.of(AbortCodes.RXKADSEALEDINCON, AbortCodes.RXKADDATALEN);

  private final long seed = Long.getLong("rxkad.seed", 20261122L);
  private final SplittableRandom random = new SplittableRandom(seed);
  private final Map<String, Integer> outcomes = new TreeMap<>();
  private final RxkadServer[] servers = new RxkadServer[3];
  private RxkadToken[] tokens;

  @BeforeEach
  void prepare() {
    ServerKeys keys =
        (service, kvno, enctype) -> {
          if (kvno == 3 && enctype == ServerKeys.DES) {
            return TestKeys.SERVICE_KEY.clone();
          }
          return kvno == 5 && enctype == 17 ? AES_KEY.clone() : null;
        };
    for (SecurityLevel level : SecurityLevel.values()) {
      servers[level.number()] = RxkadServer.builder(keys, CLOCK).minimumLevel(level).build();
    }
    var source = new java.util.Random(seed);
    TicketIssuer classic = TicketIssuer.classic(3, TestKeys.SERVICE_KEY, source);
    TicketIssuer kerberos = TicketIssuer.kerberos(5, 17, AES_KEY, source);
    tokens =
        new RxkadToken[] {
          classic.issue("alice", "x", "EXAMPLE.COM", NOW, Duration.ofHours(1)),
          classic.issue("alice", "x", "EXAMPLE.COM", NOW, Duration.ofHours(10)),
          classic.issueEndless("alice", "x", "EXAMPLE.COM", Instant.EPOCH),
          kerberos.issue("alice", "x", "EXAMPLE.COM", NOW, Duration.ofDays(1))
        };
  }

  private static void flip(byte[] bytes, int bit) {
    bytes[bit >>> 3] ^= (byte) (0x80 >>> (bit & 7));
  }

  private void count(String outcome) {
    outcomes.merge(outcome, 1, Integer::sum);
  }

  @Test
  void everyFlippedBitHasAKnownOutcome() throws SecurityFailure {
    for (int i = 0; i < ROUNDS; i++) {
      SecurityLevel level = SecurityLevel.of(random.nextInt(3));
      RxkadToken token = tokens[random.nextInt(tokens.length)];
      RxkadClient client = new RxkadClient(token, level, CLOCK);
      try {
        switch (random.nextInt(8)) {
          case 0 -> challenge(level, client);
          case 1, 2, 3 -> response(level, client, token);
          default -> data(level, client);
        }
      } catch (AssertionError e) {
        throw new AssertionError("replay: -Drxkad.seed=" + seed + ", round " + i, e);
      }
    }
    assertThat(outcomes.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(ROUNDS);
    // one in 65,535 of some 9,000 header flips
    assertThat(outcomes.getOrDefault("header: same checksum by chance", 0)).isLessThan(5);
    assertThat(outcomes.getOrDefault("data: other length by chance", 0)).isLessThan(5);
  }

  private void challenge(SecurityLevel level, RxkadClient client) throws SecurityFailure {
    RxkadServer server = servers[level.number()];
    int nonce = random.nextInt();
    byte[] challenge = server.challenge(nonce);
    int bit = random.nextInt(8 * challenge.length);
    flip(challenge, bit);
    byte[] response;
    try {
      response = client.respond(TestKeys.ID, challenge, CALLS);
    } catch (SecurityFailure e) {
      int expected = bit < 32 ? AbortCodes.RXKADINCONSISTENCY : AbortCodes.RXKADLEVELFAIL;
      assertThat(e.abortCode()).isEqualTo(expected);
      assertThat(bit < 32 || (bit >= 64 && bit < 96)).isTrue();
      count("challenge: " + AbortCodes.name(e.abortCode()));
      return;
    }
    boolean nonceAltered = bit >= 32 && bit < 64;
    try {
      Verified v = server.verify(TestKeys.ID, nonce, response);
      assertThat(nonceAltered).isFalse();
      verified(v, level);
      count("challenge: right all the same");
    } catch (SecurityFailure e) {
      assertThat(e.abortCode()).isEqualTo(AbortCodes.RXKADOUTOFSEQUENCE);
      assertThat(nonceAltered).isTrue();
      count("challenge: " + AbortCodes.name(e.abortCode()));
    }
  }

  private static void verified(Verified v, SecurityLevel level) {
    ConnectionSecurity s = v.security();
    PeerIdentity peer = s.peer();
    assertThat(peer.principal()).as("never a wrong identity").isEqualTo("alice.x@EXAMPLE.COM");
    assertThat(s.level()).as("never a lower level").isEqualTo(level);
    assertThat(peer.level()).isEqualTo(level);
    assertThat(v.callNumbers()).isEqualTo(CALLS);
  }

  /** Also the ticket, which is the larger part of it. */
  private void response(SecurityLevel level, RxkadClient client, RxkadToken token)
      throws SecurityFailure {
    RxkadServer server = servers[level.number()];
    int nonce = random.nextInt();
    byte[] response = client.respond(TestKeys.ID, server.challenge(nonce), CALLS);
    int bit = random.nextInt(8 * response.length);
    flip(response, bit);
    String part = bit < 8 * ResponseBody.LENGTH ? "response: " : "ticket: ";
    try {
      Verified v = server.verify(TestKeys.ID, nonce, response);
      verified(v, level);
      assertThat(v.security().peer().expiry()).isEqualTo(token.endless() ? null : token.expiry());
      // every bit counts
      throw new AssertionError("bit " + bit + " of " + response.length + " bytes made nothing");
    } catch (SecurityFailure e) {
      assertThat(RESPONSE_CODES).as("bit %d: %s", bit, e.getMessage()).contains(e.abortCode());
      count(part + AbortCodes.name(e.abortCode()));
    }
  }

  private void data(SecurityLevel level, RxkadClient client) throws SecurityFailure {
    ConnectionSecurity security = client.connect(TestKeys.ID);
    byte[] data = new byte[random.nextInt(120)];
    random.nextBytes(data);
    byte[] udp = WholePacket.seal(security, TestKeys.ID, 1, 7, 1 + random.nextInt(1000), data);
    int bit = random.nextInt(8 * udp.length);
    flip(udp, bit);
    if (bit < 8 * Header.LENGTH) {
      header(security, udp, bit / 8, data, level);
      return;
    }
    byte[] got;
    try {
      got = WholePacket.unseal(security, udp);
    } catch (SecurityFailure e) {
      assertThat(DATA_CODES).contains(e.abortCode());
      assertThat(bit / 8 < Header.LENGTH + 8).as("only the sealed header is checked").isTrue();
      assertThat(level).isNotEqualTo(SecurityLevel.CLEAR);
      count("data: " + AbortCodes.name(e.abortCode()));
      return;
    }
    int at = bit / 8 - Header.LENGTH - security.headerRoom();
    if (level == SecurityLevel.AUTH && at < 4) {
      // the check fits one in 65,536 times; the length and four bytes of data are anything
      count("data: other length by chance");
      return;
    }
    assertThat(got).hasSameSizeAs(data);
    int altered =
        switch (level) {
          case CLEAR, AUTH -> at;
          case ENCRYPT -> at & -8;
        };
    int same = Math.clamp(altered, 0, data.length);
    assertThat(Arrays.copyOf(got, same)).isEqualTo(Arrays.copyOf(data, same));
    if (level != SecurityLevel.ENCRYPT && at < data.length) {
      byte[] expected = data.clone();
      expected[at] ^= (byte) (0x80 >>> (bit & 7));
      assertThat(got).as("that bit and no other").isEqualTo(expected);
      count("data: undetectable at " + level);
    } else if (level == SecurityLevel.ENCRYPT && same < data.length) {
      assertThat(at).as("behind the sealed header").isNotNegative();
      count("data: undetectable at encrypt");
    } else {
      assertThat(got).as("only padding was altered").isEqualTo(data);
      count("data: right all the same");
    }
  }

  private void header(
      ConnectionSecurity security, byte[] udp, int at, byte[] data, SecurityLevel level) {
    // epoch, connection id, type, index and service decide who gets the packet, in the engine
    boolean checked =
        at == Header.CID + 3
            || (at >= Header.CALL_NUMBER && at < Header.SERIAL)
            || (at >= Header.CHECKSUM && at < Header.SERVICE_ID);
    udp[Header.FLAGS] &= ~0x20; // a jumbo of one part would be the engine's to refuse
    try {
      assertThat(WholePacket.unseal(security, udp))
          .as("the data does not depend on it")
          .isEqualTo(data);
      MemorySegment p = MemorySegment.ofArray(udp);
      boolean seqTop = Header.seq(p, 0) >>> 30 != 0;
      boolean cidOnly = at == Header.CID + 3 && (Header.cid(p, 0) & 3) == 1;
      if (checked && !seqTop && !cidOnly) {
        count("header: same checksum by chance");
      } else {
        count("header: of no weight to rxkad");
      }
    } catch (SecurityFailure e) {
      assertThat(e.abortCode()).isEqualTo(AbortCodes.RXKADSEALEDINCON);
      assertThat(checked).as("byte %d, level %s", at, level).isTrue();
      count("header: " + AbortCodes.name(e.abortCode()));
    }
  }

  @Test
  void everyBitOfATicketAndOfAResponseCounts() throws SecurityFailure {
    // the weakest place of the classic form: its integrity is what its text must look like
    for (RxkadToken token : tokens) {
      RxkadClient client = new RxkadClient(token, SecurityLevel.AUTH, CLOCK);
      RxkadServer server = servers[1];
      byte[] response = client.respond(TestKeys.ID, server.challenge(99), CALLS);
      for (int bit = 0; bit < 8 * response.length; bit++) {
        byte[] altered = response.clone();
        flip(altered, bit);
        try {
          server.verify(TestKeys.ID, 99, altered);
          throw new AssertionError("bit " + bit + " made nothing");
        } catch (SecurityFailure e) {
          assertThat(RESPONSE_CODES).contains(e.abortCode());
        }
      }
    }
  }
}
