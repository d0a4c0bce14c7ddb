// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.klog;

import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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

  /**
   * A key in a keytab.
   *
   * @param name a file, also as {@code FILE:PATH}, or what else Kerberos takes
   */
  record Keytab(String name) implements Credential {
    /**
     * A key in a file.
     *
     * @param file the file
     */
    public Keytab(Path file) {
      this(file.toString());
    }
  }

  /**
   * A ticket-granting ticket in a cache of credentials, as {@code kinit} makes it.
   *
   * @param name {@code TYPE:RESIDUAL} or a file; or null: the one that KRB5CCNAME or the
   *     configuration of Kerberos names
   */
  record Cache(@Nullable String name) implements Credential {
    /**
     * A cache in a file.
     *
     * @param file the file
     */
    public Cache(Path file) {
      this(file.toString());
    }

    /** {@return the one that applies when none is named} */
    public static Cache usual() {
      return new Cache((String) null);
    }
  }
}
