package io.rxrpc.tokens.klog;

import java.nio.file.Path;
import java.util.Arrays;

/** What a user proves with who he is. */
public sealed interface Credential {
  /**
   * A password.
   *
   * @param secret not copied: whoever gave it clears it afterwards
   */
  @SuppressWarnings("ArrayRecordComponent") // so that it can be cleared
  record Password(char[] secret) implements Credential {
    /** Clears it. */
    public void destroy() {
      Arrays.fill(secret, '\0');
    }

    @Override
    public String toString() {
      return "a password";
    }
  }

  /** A key in a keytab. */
  record Keytab(Path file) implements Credential {}

  /** A ticket-granting ticket in a cache of credentials, as {@code kinit} makes it. */
  record Cache(Path file) implements Credential {}
}
