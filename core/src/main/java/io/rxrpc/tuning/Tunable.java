// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tuning;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be tuned, one line each: unit, default, range and meaning.
 *
 * <p>Durations are kept in nanoseconds. A tunable is set in code by {@link Tunables#with}, by a
 * system property or an environment variable named {@link #propertyName()} ({@code
 * RXRPC_TX_WINDOW}), or on the command line by its {@link #optionName()} ({@code tx-window}).
 */
public enum Tunable {
  // windows and packets
  /** Packets of one call that may be sent and not hard-acked. */
  TX_WINDOW(Unit.PACKETS, 255, 1, 255, "packets of one call that may be sent and not hard-acked"),
  /** Receive window of a call (rwind). */
  RX_WINDOW(Unit.PACKETS, 255, 1, 255, "receive window of a call (rwind)"),
  /** Receive window until the call is secured. */
  RX_WINDOW_UNSECURED(Unit.PACKETS, 32, 1, 255, "receive window until the call is secured"),
  /** A peer's receive window until its first ACK trailer. */
  PEER_WINDOW(Unit.PACKETS, 16, 1, 255, "a peer's receive window until its first ACK trailer"),
  /** Congestion window at the start of a call. */
  INITIAL_CWND(Unit.PACKETS, 10, 1, 255, "congestion window at the start of a call"),
  /** Payload bytes of a DATA packet; beyond 1412 where peer and path carry it. */
  MAX_DATA(
      Unit.BYTES,
      16_348,
      256,
      16_356,
      "payload bytes of a DATA packet; beyond 1412 where peer and path carry it"),
  /** Largest packet told to the peer in ACK trailers. */
  INTERFACE_MTU(
      Unit.BYTES,
      0,
      0,
      65507,
      "largest packet told in ACK trailers; 0: the interface's, else 1444"),
  /** Largest datagram told to the peer in ACK trailers. */
  RX_MTU(
      Unit.BYTES,
      0,
      0,
      65507,
      "largest datagram told in ACK trailers; 0: 5692, or a larger packet"),
  /** Packets of one jumbo datagram told to the peer. */
  RX_JUMBO(Unit.PACKETS, 4, 1, 46, "packets of one jumbo datagram told to the peer"),
  /** Packets joined in a jumbo datagram, where the port has no trains; 1 = none. */
  TX_JUMBO(
      Unit.PACKETS,
      6,
      1,
      11,
      "packets joined in a jumbo datagram, where the port has no trains; 1 = none"),

  // acknowledging
  /** Delay of a soft ACK nobody asked for. */
  SOFT_ACK_DELAY(Unit.NANOS, ms(100), ms(1), ms(1000), "delay of a soft ACK nobody asked for"),
  /** Delay of the ACK that ends a client call. */
  FINAL_ACK_DELAY(Unit.NANOS, ms(20), ms(0), ms(1000), "delay of the ACK that ends a client call"),
  /** Replies acked at once, for the peer's round-trip time; then one a second. */
  REPLY_ACKS(
      Unit.COUNT,
      32,
      0,
      1_000_000,
      "replies acked at once, for the peer's round-trip time; then one a second"),
  /** Unacked in-order packets after which an ACK goes at once. */
  SOFT_ACK_EVERY(
      Unit.PACKETS, 1, 1, 64, "unacked in-order packets after which an ACK goes at once"),
  /** Packets read after which a sender that has little room is told. */
  HARD_ACK_EVERY(
      Unit.PACKETS, 8, 1, 64, "packets read after which a sender that has little room is told"),
  /** Silence of a sender with more data that repeats the last ACK; 0 = never. */
  ACK_REPEAT(
      Unit.NANOS,
      ms(3),
      0,
      ms(1000),
      "silence of a sender with more data that repeats the last ACK; 0 = never"),
  /** Least time between two wakings of a call's reader while more comes. */
  READ_DELAY(
      Unit.NANOS,
      500_000,
      0,
      ms(100),
      "least time between two wakings of a call's reader while more comes"),
  /** Packets that wake a call's reader all the same. */
  READ_EVERY(Unit.PACKETS, 32, 1, 255, "packets that wake a call's reader all the same"),

  // retransmission
  /** Retransmission timeout without an RTT. */
  RTO_INITIAL(Unit.NANOS, ms(1000), ms(10), ms(60_000), "retransmission timeout without an RTT"),
  /** Least retransmission timeout. */
  RTO_MIN(Unit.NANOS, ms(200), ms(1), ms(10_000), "least retransmission timeout"),
  /** Largest retransmission timeout. */
  RTO_MAX(Unit.NANOS, ms(10_000), ms(100), ms(120_000), "largest retransmission timeout"),
  /** Packets acked behind a hole that make it a loss, without reordering. */
  NACK_THRESHOLD(
      Unit.PACKETS,
      3,
      1,
      64,
      "packets acked behind a hole that make it a loss, without reordering"),
  /** What a peer may take to acknowledge without being asked. */
  PEER_ACK_DELAY(
      Unit.NANOS, ms(100), 0, ms(1000), "what a peer may take to acknowledge without being asked"),
  /** The same for a client that has the whole reply. */
  PEER_LAST_ACK_DELAY(
      Unit.NANOS, ms(400), 0, ms(10_000), "the same for a client that has the whole reply"),
  /** Congestion control of the path to a peer. */
  CONGESTION_CONTROL("newreno", "congestion control of the path to a peer", "newreno", "cubic"),
  /** Packets at once where a window is spread over its round trip; 0 = no spread. */
  PACING_BURST(
      Unit.PACKETS,
      32,
      0,
      1024,
      "packets at once where a window is spread over its round trip; 0 = no spread"),

  // liveness
  /** Silence on a call after which it is pinged. */
  KEEPALIVE(
      Unit.NANOS, ms(1500), ms(100), ms(3_600_000), "silence on a call after which it is pinged"),
  /** Pause in a request after which Linux gets its last packet again; 0 = never. */
  REQUEST_REPEAT(
      Unit.NANOS,
      ms(150),
      0,
      ms(60_000),
      "pause in a request after which Linux gets its last packet again; 0 = never"),
  /** SO_KEEPALIVE: silence after which a peer is asked for a sign of life. */
  PROBE_INTERVAL(
      Unit.NANOS,
      ms(15_000),
      ms(100),
      ms(3_600_000),
      "SO_KEEPALIVE: silence after which a peer is asked for a sign of life"),
  /** SO_KEEPALIVE: silences after which an idle connection is given up. */
  PROBE_SILENCES(
      Unit.COUNT, 3, 1, 1000, "SO_KEEPALIVE: silences after which an idle connection is given up"),
  /** Silence after which a call is given up. */
  DEAD_TIME(
      Unit.NANOS, ms(20_000), ms(500), ms(3_600_000), "silence after which a call is given up"),
  /** Gap between a request's packets before a server gives up. */
  IDLE_DEAD_TIME(
      Unit.NANOS,
      ms(60_000),
      ms(500),
      ms(3_600_000),
      "gap between a request's packets before a server gives up"),
  /** How long a client goes on at a server that says BUSY. */
  BUSY_PATIENCE(
      Unit.NANOS,
      ms(20_000),
      0,
      ms(3_600_000),
      "how long a client goes on at a server that says BUSY"),
  /** Hard limit of a call's life; 0 = none. */
  CALL_TIMEOUT(Unit.NANOS, 0, 0, ms(86_400_000), "hard limit of a call's life; 0 = none"),
  /** Interval of CHALLENGE repeats. */
  CHALLENGE_RETRY(Unit.NANOS, ms(2000), ms(10), ms(60_000), "interval of CHALLENGE repeats"),
  /** CHALLENGEs sent before the waiting calls are given up. */
  CHALLENGE_TRIES(Unit.COUNT, 50, 1, 1000, "CHALLENGEs sent before the waiting calls are given up"),
  /** Delay of the ABORT that answers a wrong RESPONSE. */
  RESPONSE_REFUSAL_DELAY(
      Unit.NANOS, ms(1000), 0, ms(60_000), "delay of the ABORT that answers a wrong RESPONSE"),
  /** How long each address of a name that has several is asked for a server. */
  ADDRESS_PATIENCE(
      Unit.NANOS,
      ms(1500),
      ms(10),
      ms(60_000),
      "how long each address of a name that has several is asked for a server"),
  /** Interval of looking whether a file of keys changed. */
  KEY_FILE_CHECK(
      Unit.NANOS, ms(1000), 0, ms(3_600_000), "interval of looking whether a file of keys changed"),

  // connections
  /** Parallel connections of a bundle, 4 calls each. */
  BUNDLE_CONNECTIONS(Unit.COUNT, 256, 1, 65_536, "parallel connections of a bundle, 4 calls each"),
  /** Life of an idle client connection. */
  CLIENT_IDLE_EXPIRY(
      Unit.NANOS, ms(120_000), 0, ms(86_400_000), "life of an idle client connection"),
  /** The same, while more than client-idle-many are idle. */
  CLIENT_IDLE_FAST_EXPIRY(
      Unit.NANOS,
      ms(2_000),
      0,
      ms(86_400_000),
      "the same, while more than client-idle-many are idle"),
  /** Idle client connections that make expiry fast. */
  CLIENT_IDLE_MANY(Unit.COUNT, 900, 1, 1_000_000, "idle client connections that make expiry fast"),
  /** Life of an idle service connection. */
  SERVICE_IDLE_EXPIRY(
      Unit.NANOS, ms(600_000), 0, ms(86_400_000), "life of an idle service connection"),
  /** Life of a UDP port without sockets and connections; 0: as its last socket. */
  ENDPOINT_EXPIRY(
      Unit.NANOS,
      ms(2_000),
      0,
      ms(86_400_000),
      "life of a UDP port without sockets and connections; 0: as its last socket"),
  /** Life of a peer record without connections. */
  PEER_EXPIRY(
      Unit.NANOS, ms(600_000), 0, ms(86_400_000), "life of a peer record without connections"),
  /** Service connections one peer may have. */
  PEER_CONNECTIONS(Unit.COUNT, 4096, 1, 1_000_000, "service connections one peer may have"),
  /** Service connections in total. */
  SERVICE_CONNECTIONS(Unit.COUNT, 65_536, 1, 10_000_000, "service connections in total"),
  /** Service connections that await a RESPONSE. */
  UNSECURED_CONNECTIONS(
      Unit.COUNT, 4096, 1, 1_000_000, "service connections that await a RESPONSE"),
  /** Peer records. */
  PEERS(Unit.COUNT, 65_536, 1, 10_000_000, "peer records"),

  // those who may not be where they say they are
  /** Packets of replies for each of a peer that has not shown to get them. */
  REACH_ALLOWANCE(
      Unit.PACKETS,
      4,
      1,
      255,
      "packets of replies for each of a peer that has not shown to get them"),
  /** Peers that have answered nothing; beyond it new ones must answer a PING. */
  STRANGERS(
      Unit.COUNT,
      1024,
      0,
      10_000_000,
      "peers that have answered nothing; beyond it new ones must answer a PING"),
  /** Service connections of a peer that has answered nothing yet. */
  STRANGER_CONNECTIONS(
      Unit.COUNT, 256, 1, 1_000_000, "service connections of a peer that has answered nothing yet"),
  /** Life of idle connections and the record of a peer that has answered nothing. */
  STRANGER_EXPIRY(
      Unit.NANOS,
      ms(60_000),
      0,
      ms(86_400_000),
      "life of idle connections and the record of a peer that has answered nothing"),
  /** PINGs a second to those of whom nothing is kept. */
  STRANGER_PING_RATE(
      Unit.COUNT, 50_000, 0, 10_000_000, "PINGs a second to those of whom nothing is kept"),
  /** Batches full of strangers in a row; beyond it 3 of 4 get no answer. */
  STRANGER_BATCHES(
      Unit.COUNT,
      64,
      1,
      1_000_000,
      "batches full of strangers in a row; beyond it 3 of 4 get no answer"),

  // overload
  /** Calls served at once; beyond it: BUSY. */
  SERVICE_CALLS(Unit.COUNT, 65_536, 1, 10_000_000, "calls served at once; beyond it: BUSY"),
  /** Largest backlog that a socket may listen with. */
  SOCKET_BACKLOG(Unit.COUNT, 4096, 1, 1_000_000, "largest backlog that a socket may listen with"),
  /** Services of one socket. */
  SOCKET_SERVICES(Unit.COUNT, 32, 1, 65_535, "services of one socket"),
  /** Calls waiting to be accepted; beyond it: BUSY. */
  BACKLOG(Unit.COUNT, 16_384, 1, 1_000_000, "calls waiting to be accepted; beyond it: BUSY"),
  /** Client calls that wait for a channel. */
  WAITING_CALLS(Unit.COUNT, 1_000_000, 1, 10_000_000, "client calls that wait for a channel"),
  /** Rejecting ABORT and BUSY packets a second. */
  REJECT_RATE(Unit.COUNT, 1000, 0, 10_000_000, "rejecting ABORT and BUSY packets a second"),
  /** DEBUG replies a second, where they are allowed. */
  DEBUG_RATE(Unit.COUNT, 200, 0, 10_000_000, "DEBUG replies a second, where they are allowed"),
  /** VERSION replies a second. */
  VERSION_RATE(Unit.COUNT, 1000, 0, 10_000_000, "VERSION replies a second"),
  /** Off-heap packet memory of an endpoint. */
  BUFFER_BYTES(Unit.BYTES, 128L << 20, 1 << 20, 64L << 30, "off-heap packet memory of an endpoint"),
  /** UDP receive buffer asked for. */
  RECEIVE_BUFFER(Unit.BYTES, 4 << 20, 4096, 1 << 30, "UDP receive buffer asked for"),
  /** UDP send buffer asked for. */
  SEND_BUFFER(Unit.BYTES, 4 << 20, 4096, 1 << 30, "UDP send buffer asked for"),
  /** How long an endpoint with a call or two looks before it sleeps; 0 = never. */
  SPIN(
      Unit.NANOS,
      70_000,
      0,
      ms(1),
      "how long an endpoint with a call or two looks before it sleeps; 0 = never"),
  /** How long an orderly close waits for calls. */
  SHUTDOWN_PATIENCE(
      Unit.NANOS, ms(10_000), 0, ms(3_600_000), "how long an orderly close waits for calls");

  /** What a tunable counts. */
  public enum Unit {
    /** Nanoseconds; written with a unit, which only 0 may lack: {@code 200ms}, {@code 2s}. */
    NANOS,
    /** Bytes; may be written with {@code KiB}, {@code MiB} or {@code GiB}. */
    BYTES,
    /** Rx packets. */
    PACKETS,
    /** A plain number. */
    COUNT,
    /** One of a few words; the value is its place in {@link Tunable#choices()}. */
    CHOICE
  }

  private final Unit unit;
  private final long defaultValue;
  private final long min;
  private final long max;
  private final String meaning;

  @SuppressWarnings("ImmutableEnumChecker") // a List.of: it has no other type for it
  private final List<String> choices;

  Tunable(Unit unit, long defaultValue, long min, long max, String meaning) {
    this.unit = unit;
    this.defaultValue = defaultValue;
    this.min = min;
    this.max = max;
    this.meaning = meaning;
    choices = List.of();
  }

  Tunable(String defaultChoice, String meaning, String... choices) {
    this.choices = List.of(choices);
    unit = Unit.CHOICE;
    defaultValue = this.choices.indexOf(defaultChoice);
    min = 0;
    max = choices.length - 1L;
    this.meaning = meaning;
  }

  /** {@return the unit of the value} */
  public Unit unit() {
    return unit;
  }

  /** {@return the value if nobody sets it} */
  public long defaultValue() {
    return defaultValue;
  }

  /** {@return the least value allowed} */
  public long min() {
    return min;
  }

  /** {@return the largest value allowed} */
  public long max() {
    return max;
  }

  /** {@return what it tunes, in one line} */
  public String meaning() {
    return meaning;
  }

  /** {@return the words of a {@link Unit#CHOICE}, in the order of their values; else empty} */
  public List<String> choices() {
    return choices;
  }

  /** {@return the system property or environment variable that sets it} */
  public String propertyName() {
    return "RXRPC_" + name();
  }

  /** {@return the name on the command line} */
  public String optionName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * {@return the tunable with this option, property or constant name, or null}
   *
   * @param name the name
   */
  public static @Nullable Tunable find(String name) {
    String key = name.toUpperCase(Locale.ROOT).replace('-', '_');
    if (key.startsWith("RXRPC_")) {
      key = key.substring("RXRPC_".length());
    }
    for (Tunable t : values()) {
      if (t.name().equals(key)) {
        return t;
      }
    }
    return null;
  }

  /**
   * Checks a value against the range.
   *
   * @throws IllegalArgumentException naming the tunable, the value and the range
   */
  long checked(long value) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          optionName() + " " + format(value) + " is outside " + format(min) + ".." + format(max));
    }
    return value;
  }

  /**
   * Reads a value as a person writes it: {@code 200ms}, {@code 64KiB}, {@code 255}, {@code cubic}.
   * A duration other than 0 needs its unit, as {@code 10} could be seconds as well as nanoseconds.
   *
   * @param text the text
   * @return the number that stands for it, in the tunable's unit
   * @throws IllegalArgumentException if it cannot be read or is out of range
   */
  public long parse(String text) {
    return checked(TunableText.parse(this, text));
  }

  /**
   * {@return the value as a person writes it}
   *
   * @param value the value
   */
  public String format(long value) {
    return TunableText.format(this, value);
  }

  private static long ms(long n) {
    return n * 1_000_000;
  }
}
