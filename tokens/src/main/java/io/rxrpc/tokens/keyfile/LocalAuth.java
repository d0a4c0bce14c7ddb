// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.keyfile;

import io.rxrpc.key.RxgkToken;
import io.rxrpc.key.RxkadToken;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.rxgk.RxgkForm;
import io.rxrpc.security.rxgk.RxgkIssuer;
import io.rxrpc.security.rxkad.ServerKeys;
import io.rxrpc.security.rxkad.TicketIssuer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code -localauth} does: whoever may read the keys of a cell's servers makes a ticket for
 * the cell's superuser and needs nobody else for it.
 */
public final class LocalAuth {
  /** The name that OpenAFS's servers take for the superuser of their own cell. */
  public static final String SUPERUSER = "afs";

  /** How far into the past a ticket begins, for servers whose clock is behind. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

  private static final Duration LIFETIME = Duration.ofHours(10);

  static final String NO_RXGK =
      "no key of rxgk in it (AES, 17 to 20); asetkey add rxgk makes one in a KeyFileExt, and in a"
          + " keytab it is that of afs-rxgk/_afs.CELL";

  private LocalAuth() {}

  /**
   * {@return the superuser's token out of a file of keys, good for about 10 hours}
   *
   * @param keys a file or folder as {@link ServerKeyFile} reads it
   * @param now the present time
   * @throws KeyFileException if the file is damaged or no ticket can be made with its keys
   * @throws IOException if it cannot be read
   */
  public static RxkadToken token(Path keys, Instant now) throws IOException {
    return token(keys, SUPERUSER, "", now);
  }

  /**
   * {@return the same for anybody else of the cell}
   *
   * @param keys the file or folder with the server's keys
   * @param name 1..63 bytes
   * @param instance 0..63 bytes, in general empty
   * @param now the present time
   * @throws IOException if it cannot be read or written
   */
  public static RxkadToken token(Path keys, String name, String instance, Instant now)
      throws IOException {
    KeySet set = KeySet.read(keys);
    try {
      ServiceKey key = newest(set.keys());
      if (key == null) {
        throw new KeyFileException(keys, "no key in it makes tickets (DES or AES would)");
      }
      return token(key, name, instance, now);
    } finally {
      set.destroy();
    }
  }

  /**
   * The key that OpenAFS would make a ticket with: of Kerberos 5 before DES, of these the newest,
   * of these the type that most servers know.
   *
   * @param keys the keys
   * @return null if there is none
   */
  public static @Nullable ServiceKey newest(List<ServiceKey> keys) {
    return keys.stream()
        .filter(k -> !k.rxgk() && Enctypes.rank(k.enctype()) >= 0 && isVersion(k))
        .max(
            Comparator.<ServiceKey, Boolean>comparing(k -> k.enctype() != ServerKeys.DES)
                .thenComparing(ServiceKey::kvno, Integer::compareUnsigned)
                .thenComparingInt(k -> -Enctypes.rank(k.enctype())))
        .orElse(null);
  }

  /** A classic ticket has one byte for the version, and 213 says something else there. */
  private static boolean isVersion(ServiceKey key) {
    return key.enctype() == ServerKeys.DES
        ? key.kvno() >= 0 && key.kvno() <= 0xff && key.kvno() != 213
        : key.kvno() >= 0;
  }

  /**
   * {@return a token made with this key}
   *
   * @param key the key
   * @param name the name
   * @param instance the instance, empty for none
   * @param now the present time
   */
  public static RxkadToken token(ServiceKey key, String name, String instance, Instant now) {
    byte[] secret = key.secret();
    SecureRandom random = new SecureRandom();
    TicketIssuer issuer =
        key.enctype() == ServerKeys.DES
            ? TicketIssuer.classic(key.kvno(), secret, random)
            : TicketIssuer.kerberos(key.kvno(), key.enctype(), secret, random);
    try {
      // a real beginning and at most MAX_CLASSIC: Linux reads endless tickets otherwise
      return issuer.issue(name, instance, "", now.minus(CLOCK_SKEW), LIFETIME.plus(CLOCK_SKEW));
    } finally {
      issuer.destroy();
      Arrays.fill(secret, (byte) 0);
    }
  }

  /**
   * {@return a printed token of rxgk out of a file of keys: the superuser's, good for about 10
   * hours}
   *
   * @param keys a file or folder as {@link ServerKeyFile} reads it
   * @param form which servers take: OpenAFS's or YFS's
   * @param level exactly the level of its connections
   * @param now the present time
   * @throws KeyFileException if the file is damaged or has no key of rxgk
   * @throws IOException if it cannot be read
   */
  public static RxgkToken rxgk(Path keys, RxgkForm form, SecurityLevel level, Instant now)
      throws IOException {
    KeySet set = KeySet.read(keys);
    try {
      ServiceKey key = set.newestRxgk();
      if (key == null) {
        throw new KeyFileException(keys, NO_RXGK);
      }
      RxgkIssuer issuer = issuer(key);
      try {
        return issuer.print(form, level, now.minus(CLOCK_SKEW), now.plus(LIFETIME));
      } finally {
        issuer.destroy();
      }
    } finally {
      set.destroy();
    }
  }

  /**
   * {@return whether a file has keys that tokens of rxgk can be made with}
   *
   * @param keys the file or folder with the server's keys
   * @throws IOException if it cannot be read
   */
  public static boolean hasRxgk(Path keys) throws IOException {
    KeySet set = KeySet.read(keys);
    try {
      return set.newestRxgk() != null;
    } finally {
      set.destroy();
    }
  }

  static RxgkIssuer issuer(ServiceKey key) {
    byte[] secret = key.secret();
    try {
      return new RxgkIssuer(key.kvno(), key.enctype(), secret, new SecureRandom());
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }
}
