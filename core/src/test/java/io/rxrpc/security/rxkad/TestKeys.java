// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.krb.Des;
import io.rxrpc.security.krb.KerberosCipher;
import io.rxrpc.security.krb.KrbException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Keys, clocks and expectations that several tests use. */
final class TestKeys {
  static final byte[] SERVICE_KEY = hex("0102040810204080");
  static final byte[] SESSION_KEY = hex("1f2e3d4c5b6a7988");

  /** The AES key with version 5 of the recorded exchanges. */
  static final byte[] AES_KEY =
      hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

  static final ConnectionIdentity ID = new ConnectionIdentity(0x9b932298, 0xe2e9ac24, 52, 2);

  /** The DES key with version 3, the AES key with version 5. */
  static final ServerKeys KEYS =
      (service, kvno, enctype) -> {
        if (kvno == 3 && enctype == ServerKeys.DES) {
          return SERVICE_KEY.clone();
        }
        return kvno == 5 && enctype == 18 ? AES_KEY.clone() : null;
      };

  private TestKeys() {}

  /** PCBC of DES, with the key as the initialisation vector. */
  static byte[] pcbc(boolean encrypt, byte[] key, byte[] data) {
    try {
      return Des.pcbc(encrypt, key, data);
    } catch (KrbException e) {
      throw new AssertionError(e);
    }
  }

  /** Seals what stands in a ticket with {@link #AES_KEY}, behind a confounder of zeros. */
  static byte[] sealTicket(byte[] plain) {
    try {
      return KerberosCipher.AES256_SHA1.encrypt(
          AES_KEY, KerberosTicket.TICKET_USAGE, new byte[16], plain);
    } catch (KrbException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  /** Wall time that a test moves. */
  static final class Clock implements InstantSource {
    private Instant now;

    Clock(Instant now) {
      this.now = now;
    }

    void set(Instant time) {
      now = time;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  static void assertFails(int abortCode, ThrowingCallable what) {
    Assertions.assertThatThrownBy(what)
        .isInstanceOfSatisfying(
            SecurityFailure.class,
            e -> Assertions.assertThat(e.abortCode()).as(e.getMessage()).isEqualTo(abortCode));
  }
}
