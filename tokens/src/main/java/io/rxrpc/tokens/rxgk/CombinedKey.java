// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.rxgk;

import io.rxrpc.security.krb.KerberosKey;
import io.rxrpc.security.krb.KrbException;
import io.rxrpc.xdr.XdrWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The keys of tokens for a file server, made of those of others (rxgk.md 9.3). */
final class CombinedKey {
  private static final String ONE = "rxgkAFS";
  private static final String FIRST = "AFS";
  private static final String SECOND = "rxgk";

  private CombinedKey() {}

  /**
   * The key of a token made of one or two; the caller erases it.
   *
   * @param userType the encryption type of the user's token's key
   * @param userKey that key
   * @param machineType the type of the machine's token's key, of no meaning without one
   * @param machineKey that key, or null
   * @param enctype the type of the new key
   */
  static byte[] of(
      int userType,
      byte[] userKey,
      int machineType,
      byte @Nullable [] machineKey,
      UUID server,
      int enctype)
      throws KrbException {
    KerberosKey user = KerberosKey.of(userType, userKey);
    try {
      if (machineKey == null) {
        return user.prfPlus6113(word(ONE, server, enctype), KerberosKey.keyLength(enctype));
      }
      KerberosKey machine = KerberosKey.of(machineType, machineKey);
      try {
        return KerberosKey.combine(
            enctype, user, word(FIRST, server, enctype), machine, word(SECOND, server, enctype));
      } finally {
        machine.destroy();
      }
    } finally {
      user.destroy();
    }
  }

  /** The word, a zero, the UUID as eleven words, and the type. */
  private static byte[] word(String text, UUID server, int enctype) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), text.length() + 1));
    XdrWriter rest = new XdrWriter();
    try {
      rest.uuid(server);
      rest.int32(enctype);
      out.writeBytes(rest.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return out.toByteArray();
  }
}
