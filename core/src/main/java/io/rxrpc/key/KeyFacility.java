// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.key;

import io.rxrpc.udp.Errno;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Keys and where they are looked for, after the key retention facility of Linux. {@link #request}
 * searches, as {@code request_key} does, the thread, the process and the session keyring:
 *
 * <ul>
 *   <li>the <em>thread</em> keyring belongs to a piece of code: {@link #withThreadKeyring} binds it
 *       for a call and all it calls, also in the threads of a structured task scope;
 *   <li>the <em>process</em> keyring belongs to this object, of which an application in general has
 *       one;
 *   <li>the <em>session</em> keyring is meant for what outlives the process: whoever reads a token
 *       store puts its tokens there.
 * </ul>
 *
 * <p>Safe for all threads.
 */
public final class KeyFacility {
  private static final int MAX_DESCRIPTION = 4095;

  private static final ScopedValue<Keyring> THREAD = ScopedValue.newInstance();

  /** Guards the links of all keyrings. */
  final Object lock = new Object();

  private final InstantSource wallClock;
  private final AtomicInteger serials = new AtomicInteger();

  /** All keyrings that somebody holds, to find those above one. */
  private final Set<Keyring> rings = Collections.newSetFromMap(new WeakHashMap<>());

  private final List<Consumer<KeyChange>> listeners = new CopyOnWriteArrayList<>();
  private final Keyring process;
  private final Keyring session;

  /**
   * An empty facility.
   *
   * @param wallClock the time of day, for expiry
   */
  public KeyFacility(InstantSource wallClock) {
    this.wallClock = wallClock;
    process = ring("_pid");
    session = ring("_ses");
  }

  /** {@return the process keyring} */
  public Keyring process() {
    return process;
  }

  /** {@return the session keyring} */
  public Keyring session() {
    return session;
  }

  /**
   * {@return a keyring that nothing links to yet}
   *
   * @param description the name of the key, such as afs@example.org
   * @throws KeyException if the key is not one that can be used
   */
  public Keyring keyring(String description) throws KeyException {
    checkDescription(description);
    return ring(description);
  }

  private Keyring ring(String description) {
    Keyring ring = new Keyring(this, description);
    synchronized (lock) {
      rings.add(ring);
    }
    return ring;
  }

  /**
   * Searches the thread's, the process's and the session's keyring.
   *
   * @param type the type
   * @param description the name of the key, such as afs@example.org
   * @return the key
   * @throws KeyException ENOKEY if nothing was found; EKEYREVOKED or EKEYEXPIRED if what was found
   *     may not be used
   */
  public Key request(KeyType type, String description) throws KeyException {
    List<Keyring> searched =
        THREAD.isBound() && THREAD.get().facility == this
            ? List.of(THREAD.get(), process, session)
            : List.of(process, session);
    KeyException why = null;
    for (Keyring ring : searched) {
      try {
        return ring.search(type, description);
      } catch (KeyException e) {
        if (why == null || why.errno() == Errno.ENOKEY) {
          why = e; // what was found and is unusable tells more than what was not found
        }
      }
    }
    throw why == null ? new KeyException(Errno.ENOKEY, "no keyring") : why;
  }

  /**
   * Runs something with a thread keyring.
   *
   * @param <T> the type of the value
   * @param <X> what the work throws
   * @param ring the keyring
   * @param work what to do
   * @return this
   * @throws X what the work throws
   */
  public <T, X extends Throwable> T withThreadKeyring(
      Keyring ring, ScopedValue.CallableOp<? extends T, X> work) throws X {
    return ScopedValue.where(THREAD, ring).call(work);
  }

  /**
   * Has changes of any key told, after they were made, in the thread that made them. A listener
   * must not throw.
   *
   * @param listener told of it
   * @return takes the listener away again
   */
  public AutoCloseable listen(Consumer<KeyChange> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  Key create(KeyType type, String description, byte[] payload) throws KeyException {
    checkDescription(description);
    KeyPayload parsed = Key.parse(type, description, payload);
    return type == KeyType.KEYRING ? ring(description) : new Key(this, type, description, parsed);
  }

  private static void checkDescription(String description) throws KeyException {
    if (description.isEmpty() || description.length() > MAX_DESCRIPTION) {
      throw new KeyException(
          Errno.EINVAL, "a description of " + description.length() + " characters");
    }
    if (description.startsWith(".")) {
      throw new KeyException(Errno.EPERM, "names that begin with a dot are the system's");
    }
  }

  void changed(KeyChange change) {
    for (Consumer<KeyChange> listener : listeners) {
      listener.accept(change);
    }
  }

  int nextSerial() {
    return serials.incrementAndGet();
  }

  Instant now() {
    return wallClock.instant();
  }

  /** Under the lock: levels of keyrings down to and with this one, 1 = nothing links to it. */
  int heightAbove(Keyring ring) {
    int above = 0;
    for (Keyring other : rings) {
      if (other.links(ring)) {
        above = Math.max(above, heightAbove(other));
      }
    }
    return above + 1;
  }
}
