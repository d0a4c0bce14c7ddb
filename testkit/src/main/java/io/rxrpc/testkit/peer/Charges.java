// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.peer;

import java.util.HashSet;
import java.util.Set;

/**
 * The calls that a server has prepared for those to come: one is used up by each call, and another
 * is prepared when the application has got the request, one after the other.
 */
final class Charges {
  /** What the application takes for one. */
  private static final long EACH = 500_000;

  private final ModelPeer owner;
  private final Set<ModelCall> spent = new HashSet<>();
  private long freeAt = Long.MIN_VALUE;

  /** Requests that the application has got, and not prepared another call for. */
  private int due;

  Charges(ModelPeer owner) {
    this.owner = owner;
  }

  boolean full() {
    return spent.size() + due >= owner.habits().backlog();
  }

  void spend(ModelCall call) {
    spent.add(call);
  }

  /** The call needs none any more. */
  void charge(ModelCall call) {
    if (spent.remove(call)) {
      due++;
      freeAt = Math.max(freeAt, owner.net().now()) + EACH;
      owner.net().at(freeAt, () -> due--);
    }
  }
}
