// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.store;

import io.rxrpc.key.ClientTokens;
import io.rxrpc.key.RxgkToken;
import io.rxrpc.key.Token;
import io.rxrpc.key.TokenWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The session keyring of the kernel. A cell's tokens are a key of type {@code rxrpc} where the
 * kernel has it, so that its own AFS finds them too, and of type {@code user} otherwise, as all
 * other keys are: the kernel gives only {@code afs@} keys of type {@code rxrpc} out again. It knows
 * no rxgk of OpenAFS's form, so tokens with such a one are a key of type {@code user}, which
 * counts, and the others of them a key of type {@code rxrpc} besides.
 */
final class KeyringStore extends TokenStore {
  private static final String RXRPC = "rxrpc";
  private static final String USER = "user";
  private static final byte[] NOTHING = {};
  private static final List<String> TYPES = List.of(USER, RXRPC);

  /** Room for the numbers of this many keys. */
  private static final int MAX_LINKS = 16_384;

  private final KernelKeys kernel;
  private final long keyring;

  private KeyringStore(KernelKeys kernel, long keyring) {
    this.kernel = kernel;
    this.keyring = keyring;
  }

  /** Null if the kernel refuses it to this process, or it is somebody else's (as after su). */
  static @Nullable KeyringStore open(KernelKeys kernel) {
    long keyring = kernel.sessionKeyring();
    String text = keyring > 0 ? kernel.describe(keyring) : null;
    if (text == null || !Described.of(text).uid().equals(Owner.uid())) {
      return null;
    }
    return new KeyringStore(kernel, keyring);
  }

  /** What the kernel says about a key: {@code type;uid;gid;permissions;description}. */
  private record Described(String type, String uid, String description) {
    static Described of(String text) {
      String[] parts = text.split(";", 5);
      return parts.length == 5
          ? new Described(parts[0], parts[1], parts[4])
          : new Described("", "", "");
    }
  }

  @Override
  public String place() {
    return "the session keyring";
  }

  @Override
  void write(String description, byte[] payload, @Nullable Instant expiry) throws IOException {
    boolean afs = description.startsWith(StoredKey.AFS);
    byte[] known = afs ? knownToKernel(description, payload) : NOTHING;
    try {
      long key = -KernelKeys.ENODEV;
      if (known.length > 0) {
        key = add(RXRPC, description, known, expiry);
      }
      if (Arrays.equals(known, payload) && !isUnknown(key)) {
        drop(USER, description); // of before
      } else {
        key = add(USER, description, payload, expiry);
      }
      if (key < 0) {
        throw failure("keep " + description + " in", key);
      }
    } finally {
      Arrays.fill(known, (byte) 0);
    }
  }

  /** Whether a kernel has no keys of this type, or none for these tokens. */
  private static boolean isUnknown(long result) {
    return result == -KernelKeys.ENODEV
        || result == -KernelKeys.EINVAL
        || result == -KernelKeys.EPROTONOSUPPORT;
  }

  private long add(String type, String description, byte[] payload, @Nullable Instant expiry) {
    long key = kernel.addKey(type, description, payload, keyring);
    if (key > 0 && expiry != null) {
      // the key outlives its tokens by a day: so that one is told they ended, and when
      long left = Duration.between(Instant.now(), expiry).toSeconds() + 86_400;
      kernel.setTimeout(key, Math.clamp(left, 1, Integer.MAX_VALUE));
    }
    return key;
  }

  /** What of a payload a kernel may know, itself if that is all of it; the caller erases it. */
  private static byte[] knownToKernel(String description, byte[] payload) {
    StoredKey all = parse(description, USER, payload);
    if (all == null) {
      return payload.clone();
    }
    try (all) {
      List<Token> known =
          all.tokens().tokens().stream()
              .filter(t -> t.securityIndex() != RxgkToken.OPENAFS)
              .toList();
      return known.isEmpty()
          ? NOTHING
          : TokenWriter.xdr(all.tokens().cell(), new ClientTokens("", known));
    }
  }

  private void drop(String type, String description) {
    long old = kernel.search(keyring, type, description);
    if (old > 0) {
      kernel.revoke(old);
      kernel.unlink(old, keyring);
    }
  }

  @Override
  public @Nullable StoredKey get(String description) throws IOException {
    for (String type : TYPES) {
      long key = kernel.search(keyring, type, description);
      if (key > 0) {
        StoredKey stored = read(key, type, description);
        if (stored != null) {
          return stored;
        }
      } else if (!absent(key)) {
        throw failure("look into", key);
      }
    }
    return null;
  }

  private @Nullable StoredKey read(long key, String type, String description) {
    byte[] payload = kernel.read(key, MAX_PAYLOAD);
    if (payload == null) {
      return null;
    }
    try {
      return parse(description, type, payload);
    } finally {
      Arrays.fill(payload, (byte) 0);
    }
  }

  private static boolean absent(long result) {
    return result == -KernelKeys.ENOKEY
        || result == -KernelKeys.ENODEV
        || result == -KernelKeys.EKEYEXPIRED
        || result == -KernelKeys.EKEYREVOKED;
  }

  @Override
  public List<StoredKey> list() throws IOException {
    byte[] links = kernel.read(keyring, MAX_LINKS * Integer.BYTES);
    if (links == null) {
      throw failure("read", -KernelKeys.EACCES);
    }
    List<StoredKey> found = new ArrayList<>();
    ByteBuffer numbers = ByteBuffer.wrap(links).order(ByteOrder.nativeOrder());
    while (numbers.remaining() >= Integer.BYTES) {
      long key = numbers.getInt();
      String text = kernel.describe(key);
      Described d = text == null ? null : Described.of(text);
      if (d != null && TYPES.contains(d.type)) {
        StoredKey stored = read(key, d.type, d.description);
        if (stored != null) {
          list(stored, found);
        }
      }
    }
    return found;
  }

  /** Once, however many keys there are of a description: what {@link #get} gives. */
  private static void list(StoredKey stored, List<StoredKey> found) {
    for (int i = 0; i < found.size(); i++) {
      StoredKey other = found.get(i);
      if (other.description().equals(stored.description())) {
        StoredKey less = stored.type().equals(USER) ? found.set(i, stored) : stored;
        less.close();
        return;
      }
    }
    found.add(stored);
  }

  @Override
  public boolean remove(String description) throws IOException {
    boolean any = false;
    for (String type : TYPES) {
      long key = kernel.search(keyring, type, description);
      if (key > 0) {
        // revoked, so that nobody who holds the key elsewhere can go on with it
        kernel.revoke(key);
        long result = kernel.unlink(key, keyring);
        any = true;
        if (result < 0 && result != -KernelKeys.ENOENT) { // else it is in a keyring below
          throw failure("remove " + description + " from", result);
        }
      }
    }
    return any;
  }

  private TokenStoreException failure(String what, long result) {
    String why =
        switch ((int) -result) {
          case KernelKeys.EPERM, KernelKeys.EACCES -> "permission denied";
          case KernelKeys.EDQUOT -> "your quota of keys is used up";
          case KernelKeys.ENOSYS, KernelKeys.EOPNOTSUPP -> "this kernel has no keys";
          case KernelKeys.EKEYREVOKED -> "it was revoked, as when the session ends";
          default -> "error " + -result;
        };
    return new TokenStoreException(
        "cannot "
            + what
            + " "
            + place()
            + ": "
            + why
            + "; "
            + VARIABLE
            + "=FILE names a file"
            + " instead");
  }
}
