// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.rxgk;

import io.rxrpc.security.PeerIdentity;
import org.jspecify.annotations.Nullable;

/** Calls of a negotiation service without a network; an abort is thrown as it is. */
public final class TestExchange {
  private TestExchange() {}

  public static Negotiation.Exchange with(NegotiationService service) {
    return with(service, null);
  }

  /**
   * An exchange with a service, without a network.
   *
   * @param caller who calls, null without security
   */
  public static Negotiation.Exchange with(
      NegotiationService service, @Nullable PeerIdentity caller) {
    return request -> service.answer(request, caller);
  }
}
