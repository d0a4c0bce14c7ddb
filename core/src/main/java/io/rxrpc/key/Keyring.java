// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.key;

import io.rxrpc.udp.Errno;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set of links to keys, which may be keyrings themselves. It holds at most one key of a type and
 * description: linking another displaces it, which is how such a key is renewed. Changes are seen
 * by the next search, also in a keyring that a server is using. Safe for all threads.
 */
public final class Keyring extends Key {
  /** How deep keyrings may be nested, as in Linux. */
  static final int MAX_DEPTH = 6;

  private final List<Key> links = new ArrayList<>();

  Keyring(KeyFacility facility, String description) {
    super(facility, KeyType.KEYRING, description, KeyPayload.Empty.NOTHING);
  }

  /**
   * Makes a key and links it here; a key of the same type and description is displaced.
   *
   * @param type the type
   * @param description the name of the key, such as afs@example.org
   * @param payload in the form of the type, see {@link TokenReader} and {@link ServerSecret}; not
   *     kept: the caller erases it
   * @return the key
   * @throws KeyException EINVAL, EKEYREJECTED, EPROTONOSUPPORT or ENOPKG if description or payload
   *     is not understood, EKEYREVOKED if this keyring is revoked
   */
  public Key add(KeyType type, String description, byte[] payload) throws KeyException {
    Key key = facility.create(type, description, payload);
    link(key);
    return key;
  }

  /**
   * Makes a keyring and links it here.
   *
   * @param description the name of the key, such as afs@example.org
   * @return this
   * @throws KeyException if the key is not one that can be used
   */
  public Keyring addKeyring(String description) throws KeyException {
    return (Keyring) add(KeyType.KEYRING, description, new byte[0]);
  }

  /**
   * Links a key here; a key of the same type and description is displaced.
   *
   * @param key the key
   * @throws KeyException EDEADLK if a keyring would come to contain itself, ELOOP if it would be
   *     nested deeper than 6
   */
  public void link(Key key) throws KeyException {
    validate();
    if (key.facility != facility) {
      throw new KeyException(Errno.EINVAL, key + " is of another facility");
    }
    Key displaced = null;
    synchronized (facility.lock) {
      if (links.contains(key)) {
        return;
      }
      if (key instanceof Keyring ring) {
        checkNesting(ring);
      }
      for (int i = 0; i < links.size(); i++) {
        Key other = links.get(i);
        if (other.type() == key.type() && other.description().equals(key.description())) {
          displaced = links.remove(i);
          break;
        }
      }
      links.add(key);
    }
    if (displaced != null) {
      facility.changed(new KeyChange(KeyChange.Kind.UNLINKED, displaced, this));
    }
    facility.changed(new KeyChange(KeyChange.Kind.LINKED, key, this));
  }

  private void checkNesting(Keyring ring) throws KeyException {
    if (ring == this || ring.contains(this)) {
      throw new KeyException(Errno.EDEADLK, ring + " would contain itself");
    }
    if (facility.heightAbove(this) + ring.height() > MAX_DEPTH) {
      throw new KeyException(Errno.ELOOP, ring + " would be nested too deep");
    }
  }

  /** Under the lock: whether a keyring is here or in a keyring below. */
  private boolean contains(Keyring wanted) {
    for (Key key : links) {
      if (key == wanted || (key instanceof Keyring ring && ring.contains(wanted))) {
        return true;
      }
    }
    return false;
  }

  /** Under the lock: levels of keyrings from here downwards, 1 = no keyring inside. */
  int height() {
    int below = 0;
    for (Key key : links) {
      if (key instanceof Keyring ring) {
        below = Math.max(below, ring.height());
      }
    }
    return below + 1;
  }

  /** Under the lock: whether this keyring links to that one itself. */
  boolean links(Keyring ring) {
    return links.contains(ring);
  }

  /**
   * Removes a link.
   *
   * @param key the key
   * @throws KeyException ENOENT if there is none
   */
  public void unlink(Key key) throws KeyException {
    synchronized (facility.lock) {
      if (!links.remove(key)) {
        throw new KeyException(Errno.ENOENT, key + " is not in " + this);
      }
    }
    facility.changed(new KeyChange(KeyChange.Kind.UNLINKED, key, this));
  }

  /** Removes all links. */
  public void clear() {
    synchronized (facility.lock) {
      links.clear();
    }
    facility.changed(new KeyChange(KeyChange.Kind.CLEARED, this, null));
  }

  /** {@return its links of this moment} */
  public List<Key> keys() {
    synchronized (facility.lock) {
      return List.copyOf(links);
    }
  }

  /**
   * Searches this keyring and then those below it, the nearest first.
   *
   * @param type the type
   * @param description the name of the key, such as afs@example.org
   * @return the key
   * @throws KeyException ENOKEY if nothing was found; EKEYREVOKED or EKEYEXPIRED if what was found
   *     may not be used
   */
  public Key search(KeyType type, String description) throws KeyException {
    validate();
    Search search = new Search(type, description);
    synchronized (facility.lock) {
      for (int depth = 0; depth < MAX_DEPTH; depth++) {
        Key found = search.at(this, depth);
        if (found != null) {
          return found;
        }
      }
    }
    throw search.failure();
  }

  /** One search; remembers the first reason why a key was passed over. */
  private static final class Search {
    private final KeyType type;
    private final String description;
    private @Nullable KeyException unusable;

    Search(KeyType type, String description) {
      this.type = type;
      this.description = description;
    }

    @Nullable Key at(Keyring ring, int depth) {
      for (Key key : ring.links) {
        if (depth > 0) {
          Key found = key instanceof Keyring below && usable(below) ? at(below, depth - 1) : null;
          if (found != null) {
            return found;
          }
        } else if (key.type() == type && key.description().equals(description) && usable(key)) {
          return key;
        }
      }
      return null;
    }

    private boolean usable(Key key) {
      try {
        key.validate();
        return true;
      } catch (KeyException e) {
        // only a key that was asked for tells why: a ring below is passed over in silence
        if (key.type() == type && key.description().equals(description) && unusable == null) {
          unusable = e;
        }
        return false;
      }
    }

    KeyException failure() {
      KeyException e = unusable;
      return e != null ? e : new KeyException(Errno.ENOKEY, "no " + type + " key " + description);
    }
  }
}
