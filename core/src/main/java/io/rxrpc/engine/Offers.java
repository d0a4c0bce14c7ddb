// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.security.ServerSecurity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The security classes that a service offers, with what they say about themselves: they are asked
 * once, when this is made, which is not done under an endpoint's lock. Immutable.
 */
public final class Offers {
  /** One class. */
  record Offer(int index, boolean challenges, int nonceLength, ServerSecurity security) {}

  private static final int MOST_NONCE = 255;

  private final List<Offer> offers;

  private Offers(List<Offer> offers) {
    this.offers = offers;
  }

  /**
   * Asks the classes.
   *
   * @throws IllegalArgumentException when one says that its number or the length of its nonce is
   *     outside 0..255
   */
  public static Offers of(List<? extends ServerSecurity> securities) {
    List<Offer> all = new ArrayList<>();
    for (ServerSecurity s : securities) {
      int index = s.securityIndex();
      if (index < 0 || index > 0xff) {
        throw new IllegalArgumentException("a security class with number " + index);
      }
      int nonceLength = s.nonceLength();
      if (nonceLength < 0 || nonceLength > MOST_NONCE) {
        throw new IllegalArgumentException("a nonce of " + nonceLength + " octets");
      }
      all.add(new Offer(index, s.challenges(), nonceLength, s));
    }
    return new Offers(List.copyOf(all));
  }

  /** The class offered under a number, or null. */
  @Nullable Offer find(int index) {
    for (Offer o : offers) {
      if (o.index() == index) {
        return o;
      }
    }
    return null;
  }
}
