// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import io.rxrpc.security.ClientConnectionSecurity;
import io.rxrpc.security.ClientSecurity;
import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.security.SecurityFailure;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives securities that are equal one and the same stand-in, which the engine can compare without
 * asking them: {@code equals}, {@code hashCode} and the class's number are the users' code, and run
 * in the thread that makes a call, not under the lock. A stand-in that no call and no connection
 * has any more is forgotten. Safe for all threads.
 */
final class ClientSecurities {
  /** Equal to itself alone. */
  private static final class StandIn implements ClientSecurity {
    final ClientSecurity of;
    private final int index;

    StandIn(ClientSecurity of, int index) {
      this.of = of;
      this.index = index;
    }

    @Override
    public int securityIndex() {
      return index;
    }

    @Override
    public ClientConnectionSecurity connect(ConnectionIdentity connection) throws SecurityFailure {
      return of.connect(connection);
    }
  }

  /** Finds an entry. */
  private static final class Probe {
    private final ClientSecurity wanted;
    private final int hash;

    Probe(ClientSecurity wanted, int hash) {
      this.wanted = wanted;
      this.hash = hash;
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object o) {
      return o instanceof Entry e && e.hash == hash && e.standsFor(wanted);
    }
  }

  private static final class Entry extends WeakReference<StandIn> {
    private final int hash;

    Entry(StandIn standIn, int hash, ReferenceQueue<StandIn> forgotten) {
      super(standIn, forgotten);
      this.hash = hash;
    }

    boolean standsFor(ClientSecurity wanted) {
      StandIn s = get();
      return s != null && s.of.equals(wanted);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object o) {
      StandIn mine = get();
      return this == o
          || (mine != null && o instanceof Entry e && e.hash == hash && e.standsFor(mine.of));
    }
  }

  private final ConcurrentMap<Object, Entry> entries = new ConcurrentHashMap<>();
  private final ReferenceQueue<StandIn> forgotten = new ReferenceQueue<>();

  /**
   * The one that stands for all that are equal to this. Whatever the security throws, it throws.
   *
   * @throws IllegalArgumentException when the security says that its number is outside 0..255
   */
  ClientSecurity of(ClientSecurity security) {
    if (security == NullSecurity.INSTANCE) {
      return security;
    }
    clean();
    int hash = security.hashCode();
    Entry known = entries.get(new Probe(security, hash));
    StandIn found = known == null ? null : known.get();
    while (found == null) {
      int index = security.securityIndex();
      if (index < 0 || index > 0xff) {
        throw new IllegalArgumentException("a security class with number " + index);
      }
      StandIn fresh = new StandIn(security, index);
      Entry entry = new Entry(fresh, hash, forgotten);
      Entry before = entries.putIfAbsent(entry, entry);
      found = before == null ? fresh : before.get();
    }
    return found;
  }

  /** How many there are, for tests. */
  int size() {
    clean();
    return entries.size();
  }

  private void clean() {
    for (Reference<?> r = forgotten.poll(); r != null; r = forgotten.poll()) {
      entries.remove(r);
    }
  }
}
