// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.security.ClientSecurity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Client connections to one service of one peer with one security, and the calls that wait. */
final class Bundle {
  /**
   * What calls must have in common to share connections.
   *
   * @param upgrade whether the server is asked for a newer service
   * @param challenged who answers CHALLENGEs in place of the security, or null
   * @param only unique for a call that wants a connection of its own, else null
   */
  record Key(
      Peer peer,
      int serviceId,
      ClientSecurity security,
      boolean upgrade,
      @Nullable Object challenged,
      @Nullable Object only) {
    Key(Peer peer, int serviceId, ClientSecurity security, CallWishes wishes) {
      this(
          peer,
          serviceId,
          security,
          wishes.upgrade(),
          wishes.challenged(),
          wishes.exclusive() ? new Object() : null);
    }

    /** Whether a call that wishes so may share connections with those of this key. */
    boolean fits(Peer other, int service, ClientSecurity wanted, CallWishes wishes) {
      return peer == other
          && serviceId == service
          && only == null
          && !wishes.exclusive()
          && upgrade == wishes.upgrade()
          && Objects.equals(challenged, wishes.challenged())
          && security.equals(wanted);
    }
  }

  /** All bundles of an endpoint, and how many calls wait in them. */
  static final class Table {
    final Map<Key, Bundle> bundles;
    private int waiting;
    private @Nullable Bundle latest;

    Table(Map<Key, Bundle> bundles) {
      this.bundles = bundles;
    }

    int waiting() {
      return waiting;
    }

    /** Finds or makes the one for a call: the one asked for last without looking it up. */
    Bundle obtain(Peer peer, int serviceId, ClientSecurity security, CallWishes wishes) {
      Bundle last = latest;
      if (last != null && last.key.fits(peer, serviceId, security, wishes)) {
        return last;
      }
      Key key = new Key(peer, serviceId, security, wishes);
      Bundle found = bundles.computeIfAbsent(key, k -> new Bundle(k, this));
      latest = found;
      return found;
    }
  }

  final Key key;
  final Peer peer;
  final int serviceId;
  final ClientSecurity clientSecurity;
  private final Table table;

  /** Free channels, the one used last on top: a new call there acks the old one for free. */
  final ArrayDeque<Channel> free = new ArrayDeque<>();

  final ArrayDeque<Call> waiting = new ArrayDeque<>();
  int connections;

  /** Connections to come, whose security is being made. */
  int connecting;

  /** Connections on which no new call may begin. */
  int retired;

  /** Whether a connection waits to hear which service answers; until then there is no other. */
  boolean upgrading;

  private Bundle(Key key, Table table) {
    this.key = key;
    this.table = table;
    peer = key.peer();
    serviceId = key.serviceId();
    clientSecurity = key.security();
  }

  /** A call has to wait for a channel. */
  void await(Call call) {
    table.waiting++;
    waiting.add(call);
  }

  /** A call waits for a channel no more; returns whether it did. */
  boolean leave(Call call) {
    boolean waited = waiting.remove(call);
    if (waited) {
      table.waiting--;
    }
    return waited;
  }

  /** A call that waited for a channel has ended. */
  void stopWaiting(Call call) {
    if (leave(call)) {
      drop();
    }
  }

  /** Ends the waiting calls for which a silent peer is silent too long. */
  void silent(long now) {
    for (Call call : new ArrayList<>(waiting)) {
      call.timers.silentWhileWaiting(now);
    }
  }

  /** Forgets the bundle if nothing is left of it. */
  void drop() {
    if (connections == 0 && connecting == 0 && waiting.isEmpty()) {
      table.bundles.remove(key, this);
      table.latest = table.latest == this ? null : table.latest;
    }
  }
}
