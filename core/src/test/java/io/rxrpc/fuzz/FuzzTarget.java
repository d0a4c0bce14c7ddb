// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.fuzz;

import io.rxrpc.engine.CallFuzz;
import io.rxrpc.engine.ClientFuzz;
import io.rxrpc.engine.ServerFuzz;
import io.rxrpc.key.TokenFuzz;
import io.rxrpc.security.rxgk.RxgkFuzz;
import io.rxrpc.security.rxkad.TicketFuzz;
import io.rxrpc.wire.WireFuzz;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Everything that is fuzzed. */
@SuppressWarnings("ImmutableEnumChecker") // method references
public enum FuzzTarget {
  /** One datagram: check, readers, text. */
  WIRE(WireFuzz.class, WireFuzz::fuzzerTestOneInput, WireFuzz::seeds, 80, 700),
  /** Datagrams to a server. */
  SERVER(ServerFuzz.class, ServerFuzz::fuzzerTestOneInput, ServerFuzz::seeds, 24, 700),
  /** Datagrams to a client with calls. */
  CLIENT(ClientFuzz.class, ClientFuzz::fuzzerTestOneInput, ClientFuzz::seeds, 24, 700),
  /** Two live endpoints and a hostile network between them. */
  CALL(CallFuzz.class, CallFuzz::fuzzerTestOneInput, CallFuzz::seeds, 1, 200),
  /** Key payloads. */
  TOKEN(TokenFuzz.class, TokenFuzz::fuzzerTestOneInput, TokenFuzz::seeds, 80, 700),
  /** CHALLENGE, RESPONSE and tickets. */
  TICKET(TicketFuzz.class, TicketFuzz::fuzzerTestOneInput, TicketFuzz::seeds, 16, 500),
  /** rxgk's CHALLENGE, RESPONSE, tokens, authenticators and packets. */
  RXGK(RxgkFuzz.class, RxgkFuzz::fuzzerTestOneInput, RxgkFuzz::seeds, 40, 500);

  private final Class<?> type;
  private final Consumer<byte[]> once;
  private final Supplier<List<byte[]>> seeds;

  /** Its part of a run of all targets, of {@link #shares()}. */
  final int share;

  /** The longest input that is tried, in bytes. */
  final int longest;

  FuzzTarget(
      Class<?> type, Consumer<byte[]> once, Supplier<List<byte[]>> seeds, int share, int longest) {
    this.type = type;
    this.once = once;
    this.seeds = seeds;
    this.share = share;
    this.longest = longest;
  }

  Class<?> type() {
    return type;
  }

  void run(byte[] input) {
    once.accept(input);
  }

  List<byte[]> seeds() {
    return seeds.get();
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static int shares() {
    int sum = 0;
    for (FuzzTarget t : values()) {
      sum += t.share;
    }
    return sum;
  }
}
