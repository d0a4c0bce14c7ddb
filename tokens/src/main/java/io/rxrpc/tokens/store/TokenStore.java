// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.store;

import io.rxrpc.key.ClientTokens;
import io.rxrpc.key.KeyException;
import io.rxrpc.key.RxgkToken;
import io.rxrpc.key.Token;
import io.rxrpc.key.TokenReader;
import io.rxrpc.key.TokenWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where a user's tokens lie between two commands. {@link #open()} takes the session keyring of the
 * kernel where it may, and a file otherwise; both keep the same XDR payload under the same
 * description. Safe for all threads; a file also for several processes.
 */
public abstract sealed class TokenStore permits FileStore, KeyringStore {
  /** The environment variable that names a file to keep tokens in, instead of the keyring. */
  public static final String VARIABLE = "RXRPC_TOKEN_FILE";

  /** Longest description, as in the kernel, and what a payload may have. */
  static final int MAX_DESCRIPTION = 4095;

  static final int MAX_PAYLOAD = 16384;

  TokenStore() {}

  /**
   * {@return the store of this user and session: the file that {@link #VARIABLE} names, or the
   * kernel's session keyring, or, where that is refused, a file} That only native access is missing
   * for the keyring is told in the log, once.
   *
   * @throws TokenStoreException if the file must not be used
   */
  public static TokenStore open() throws IOException {
    return open(null);
  }

  /**
   * {@return the same, with a file of one's choice unless that is null}
   *
   * @param file the file
   * @throws IOException if it cannot be read or written
   */
  public static TokenStore open(@Nullable Path file) throws IOException {
    Map<String, String> environment = System.getenv();
    // the keyring is not asked for, and not missed, where a file is named
    KernelKeys kernel = file != null || named(environment) != null ? null : Keyctl.available();
    return open(file, environment, kernel);
  }

  private static @Nullable String named(Map<String, String> environment) {
    String named = environment.get(VARIABLE);
    return named == null || named.isEmpty() ? null : named;
  }

  static TokenStore open(
      @Nullable Path file, Map<String, String> environment, @Nullable KernelKeys kernel)
      throws IOException {
    String named = named(environment);
    if (file != null) {
      return new FileStore(file);
    }
    if (named != null) {
      return new FileStore(Path.of(named));
    }
    KeyringStore keyring = kernel == null ? null : KeyringStore.open(kernel);
    return keyring != null ? keyring : new FileStore(FileStore.place(environment));
  }

  /** {@return the place, as a person reads it} */
  public abstract String place();

  /**
   * Keeps tokens under a description, in the place of what is there.
   *
   * @param description 1 to 4095 characters without control characters
   * @param tokens at least one; not taken over
   * @throws IOException if it cannot be read or written
   */
  public final void put(String description, ClientTokens tokens) throws IOException {
    checkDescription(description);
    String cell = tokens.cell();
    if (cell.isEmpty()) {
      cell = description.startsWith(StoredKey.AFS) ? description.substring(4) : "unknown";
    }
    byte[] payload;
    try {
      payload = TokenWriter.xdr(cell, tokens);
    } catch (IllegalArgumentException e) {
      throw new TokenStoreException("cannot keep " + description + ": " + e.getMessage());
    }
    try {
      write(description, payload, StoredKey.latest(tokens.tokens()));
    } finally {
      java.util.Arrays.fill(payload, (byte) 0);
    }
  }

  /**
   * Keeps tokens under a description, and beside them those of other security classes that are
   * there and still valid; rxgk comes before rxkad.
   *
   * @param description 1 to 4095 characters without control characters
   * @param tokens at least one; not taken over
   * @param now the present time
   * @throws IOException if the store cannot be read or written
   */
  public final void add(String description, ClientTokens tokens, Instant now) throws IOException {
    try (StoredKey old = get(description)) {
      List<Token> all = new ArrayList<>(tokens.tokens());
      if (old != null) {
        for (Token token : old.tokens().tokens()) {
          boolean same = all.stream().anyMatch(t -> t.securityIndex() == token.securityIndex());
          if (!same && now.isBefore(token.expiry())) {
            all.add(token);
          }
        }
      }
      all.sort(Comparator.comparing(t -> !(t instanceof RxgkToken)));
      put(description, new ClientTokens(tokens.cell(), all));
    }
  }

  /**
   * The key with this description, also an expired one; the caller closes it.
   *
   * @param description the name of the key, such as afs@example.org
   * @return null if there is none
   * @throws IOException if it cannot be read or written
   */
  public abstract @Nullable StoredKey get(String description) throws IOException;

  /**
   * {@return all keys, which the caller closes; what cannot be read as a key with tokens is left
   * out}
   *
   * @throws IOException if it cannot be read or written
   */
  public abstract List<StoredKey> list() throws IOException;

  /**
   * Removes a key and returns whether there was one.
   *
   * @param description the name of the key, such as afs@example.org
   * @return whether there was one
   * @throws IOException if it cannot be read or written
   */
  public abstract boolean remove(String description) throws IOException;

  abstract void write(String description, byte[] payload, @Nullable Instant expiry)
      throws IOException;

  /**
   * {@return the token of a cell, which the caller destroys}
   *
   * @param cell the cell, such as example.org
   * @param now the present time
   * @throws NoTokenException if there is none, or it is no longer valid; its message says how to
   *     get one
   */
  public final Token find(String cell, Instant now) throws IOException {
    return find(cell, now, token -> true);
  }

  /**
   * {@return the same of some security classes only}
   *
   * @param cell the cell, such as example.org
   * @param now the present time
   * @param which whether a token will do
   * @throws IOException if there is none that is valid, or the store cannot be read
   */
  public final Token find(String cell, Instant now, Predicate<Token> which) throws IOException {
    String how = "rxrpc klog --cell " + cell;
    return token(StoredKey.description(cell), "the cell " + cell, how, now, which);
  }

  /**
   * {@return the token of the key with this description, which the caller destroys}
   *
   * @param description the name of the key, such as afs@example.org
   * @param now the present time
   * @throws NoTokenException if there is none, or it is no longer valid; its message says how to
   *     get one
   */
  public final Token key(String description, Instant now) throws IOException {
    return key(description, now, token -> true);
  }

  /**
   * {@return the same of some security classes only}
   *
   * @param description the name of the key, such as afs@example.org
   * @param now the present time
   * @param which whether a token will do
   * @throws IOException if there is none that is valid, or the store cannot be read
   */
  public final Token key(String description, Instant now, Predicate<Token> which)
      throws IOException {
    String how = "rxrpc key add " + description;
    return token(description, "the key " + description, how, now, which);
  }

  private Token token(
      String description, String what, String how, Instant now, Predicate<Token> which)
      throws IOException {
    StoredKey key = get(description);
    if (key == null) {
      throw new NoTokenException(
          "no token for " + what + " in " + place() + "; get one with: " + how);
    }
    List<Token> fit = key.tokens().tokens().stream().filter(which).toList();
    Token token = fit.stream().filter(t -> now.isBefore(t.expiry())).findFirst().orElse(null);
    key.tokens().tokens().stream().filter(t -> !t.equals(token)).forEach(Token::destroy);
    if (token != null) {
      return token;
    }
    throw new NoTokenException(
        fit.isEmpty()
            ? "the tokens for " + what + " are of another security class; get one with: " + how
            : "the token for "
                + what
                + " ended at "
                + StoredKey.latest(fit)
                + "; get a new one with: "
                + how);
  }

  /** Reads a payload out of a store, or returns null if it is none of ours. */
  static @Nullable StoredKey parse(String description, String type, byte[] payload) {
    try {
      ClientTokens tokens = TokenReader.read(payload);
      return tokens.anonymous() ? null : new StoredKey(description, type, tokens);
    } catch (KeyException e) {
      return null;
    }
  }

  private static void checkDescription(String description) throws TokenStoreException {
    boolean control = description.chars().anyMatch(c -> c < 0x20 || c == 0x7f);
    if (description.isEmpty() || description.length() > MAX_DESCRIPTION || control) {
      throw new TokenStoreException(
          "a key needs a description of 1 to " + MAX_DESCRIPTION + " printable characters");
    }
  }
}
