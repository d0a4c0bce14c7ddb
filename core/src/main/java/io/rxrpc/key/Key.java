// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.key;

import io.rxrpc.udp.Errno;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A named secret. It lives as long as somebody holds it, also when no keyring links to it any more;
 * {@link #revoke} clears its secrets at once, for all who hold it. Safe for all threads.
 */
public sealed class Key permits Keyring {
  final KeyFacility facility;
  private final int serial;
  private final KeyType type;
  private final String description;
  private final KeyPayload payload;
  private volatile @Nullable Instant expiry;
  private volatile boolean revoked;

  Key(KeyFacility facility, KeyType type, String description, KeyPayload payload) {
    this.facility = facility;
    this.serial = facility.nextSerial();
    this.type = type;
    this.description = description;
    this.payload = payload;
    expiry = payload.expiry();
  }

  /** {@return the number under which it can be named, from 1} */
  public int serial() {
    return serial;
  }

  /** {@return its type} */
  public KeyType type() {
    return type;
  }

  /** {@return its name} */
  public String description() {
    return description;
  }

  /** {@return when it ends, or null} */
  public @Nullable Instant expiry() {
    return expiry;
  }

  /** {@return whether it was revoked} */
  public boolean revoked() {
    return revoked;
  }

  /**
   * {@return what it holds}
   *
   * @throws KeyException EKEYREVOKED or EKEYEXPIRED if it may not be used now
   */
  public KeyPayload payload() throws KeyException {
    validate();
    return payload;
  }

  /**
   * Returns if it may be used now.
   *
   * @throws KeyException EKEYREVOKED or EKEYEXPIRED
   */
  public void validate() throws KeyException {
    if (revoked) {
      throw new KeyException(Errno.EKEYREVOKED, this + " has been revoked");
    }
    if (expired()) {
      throw new KeyException(Errno.EKEYEXPIRED, this + " has expired");
    }
  }

  private boolean expired() {
    Instant end = expiry;
    return end != null && !facility.now().isBefore(end);
  }

  /**
   * Sets how long it may be used from now on.
   *
   * @param seconds 0 = without end
   * @throws KeyException if the key is not one that can be used
   */
  public void setTimeout(long seconds) throws KeyException {
    if (seconds < 0) {
      throw new KeyException(Errno.EINVAL, "a timeout of " + seconds + " s");
    }
    if (revoked) {
      throw new KeyException(Errno.EKEYREVOKED, this + " has been revoked");
    }
    expiry = seconds == 0 ? null : facility.now().plusSeconds(seconds);
    facility.changed(new KeyChange(KeyChange.Kind.TIMEOUT, this, null));
  }

  /** Makes it unusable and clears its secrets. */
  public void revoke() {
    if (!revoked) {
      revoked = true;
      payload.destroy();
      facility.changed(new KeyChange(KeyChange.Kind.REVOKED, this, null));
    }
  }

  /** {@return a line as {@code /proc/keys} has it: serial, type, state, description, summary} */
  public String describe() {
    String state = revoked ? "revoked" : expired() ? "expired" : "valid";
    String summary = payload.summary();
    return String.format(
        "%08x %s %s %s%s",
        serial, type, state, description, summary.isEmpty() ? "" : ": " + summary);
  }

  @Override
  public String toString() {
    return type + " key " + serial + " " + description;
  }

  /** Parses what {@code add_key} was given; the array is not kept. */
  static KeyPayload parse(KeyType type, String description, byte[] payload) throws KeyException {
    return switch (type) {
      case RXRPC -> TokenReader.read(payload);
      case RXRPC_S -> ServerSecret.of(description, payload);
      case KEYRING -> {
        if (payload.length != 0) {
          throw new KeyException(Errno.EINVAL, "a keyring with a payload");
        }
        yield KeyPayload.Empty.NOTHING;
      }
    };
  }

  /**
   * Clears a payload that was parsed.
   *
   * @param payload the payload
   */
  public static void erase(byte[] payload) {
    Arrays.fill(payload, (byte) 0);
  }
}
