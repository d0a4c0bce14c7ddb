// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.key;

import io.rxrpc.udp.Errno;
import java.util.Arrays;

/**
 * What a key of type {@code rxrpc_s} holds: a secret of a service. Described {@code
 * SERVICE:INDEX[:KVNO[:ENCTYPE]]} in decimal. As in Linux {@code 52:2} is a DES key of any version
 * and {@code 52:6:KVNO:ENCTYPE} a key of YFS-rxgk; beyond Linux {@code 52:2:KVNO} is a DES key of
 * one version and {@code 52:2:KVNO:ENCTYPE} a Kerberos 5 key for rxkad.
 */
public final class ServerSecret implements KeyPayload {
  private static final int RXKAD = 2;
  private static final int YFS_RXGK = 6;
  private static final int MAX_SERVICE = 0xffff;
  private static final int MAX_INDEX = 0xff;
  private static final int DES_LENGTH = 8;

  private final byte[] secret;
  private final String summary;
  private volatile boolean destroyed;

  private ServerSecret(byte[] secret, String summary) {
    this.secret = secret;
    this.summary = summary;
  }

  /** Checks description and secret; the secret is copied. */
  static ServerSecret of(String description, byte[] secret) throws KeyException {
    int[] numbers = numbers(description);
    int expected = length(numbers);
    if (secret.length != expected) {
      throw new KeyException(
          numbers[1] == YFS_RXGK ? Errno.EKEYREJECTED : Errno.EINVAL, // as Linux has it
          "a secret of " + secret.length + " bytes for " + description + ": " + expected + " fit");
    }
    return new ServerSecret(secret.clone(), numbers[1] == YFS_RXGK ? name(numbers[3]) : "");
  }

  /**
   * {@return the description of the key that serves rxkad whatever the version}
   *
   * @param serviceId the service id
   * @param securityIndex the security index
   */
  public static String description(int serviceId, int securityIndex) {
    return serviceId + ":" + securityIndex;
  }

  private static int[] numbers(String description) throws KeyException {
    String[] parts = description.split(":", -1);
    int[] numbers = new int[parts.length];
    for (int i = 0; i < parts.length; i++) {
      numbers[i] = number(parts[i]);
      if (numbers[i] < 0) {
        throw invalid(description);
      }
    }
    if (parts.length < 2 || numbers[0] > MAX_SERVICE || numbers[1] < 1 || numbers[1] > MAX_INDEX) {
      throw invalid(description);
    }
    int most = 4;
    int least = numbers[1] == YFS_RXGK ? 4 : 2;
    if (numbers[1] != RXKAD && numbers[1] != YFS_RXGK) {
      throw new KeyException(Errno.ENOPKG, "no security class has index " + numbers[1]);
    }
    if (parts.length < least || parts.length > most) {
      throw invalid(description);
    }
    return numbers;
  }

  /** A decimal number without sign, or -1. */
  private static int number(String digits) {
    boolean decimal = digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return decimal && !digits.isEmpty() && digits.length() <= 9 ? Integer.parseInt(digits) : -1;
  }

  private static KeyException invalid(String description) {
    return new KeyException(Errno.EINVAL, "not SERVICE:INDEX: " + description);
  }

  private static int length(int[] numbers) throws KeyException {
    if (numbers.length < 4) {
      return DES_LENGTH;
    }
    if (numbers[1] == YFS_RXGK && name(numbers[3]).isEmpty()) {
      throw new KeyException(Errno.ENOPKG, "no key of rxgk has encryption type " + numbers[3]);
    }
    return switch (numbers[3]) {
      case 1, 2, 3 -> DES_LENGTH;
      case 16 -> 24;
      case 17, 19, 23, 25 -> 16;
      case 18, 20, 26 -> 32;
      default -> throw new KeyException(Errno.ENOPKG, "no encryption type " + numbers[3]);
    };
  }

  /** The name of an encryption type of rxgk; empty for others. */
  private static String name(int enctype) {
    return switch (enctype) {
      case 17 -> "aes128-cts-hmac-sha1-96";
      case 18 -> "aes256-cts-hmac-sha1-96";
      case 19 -> "aes128-cts-hmac-sha256-128";
      case 20 -> "aes256-cts-hmac-sha384-192";
      default -> "";
    };
  }

  /** {@return a copy of the secret, which the caller erases; zeros if it is destroyed} */
  public byte[] secret() {
    return secret.clone();
  }

  /** {@return whether the secret was cleared} */
  public boolean destroyed() {
    return destroyed;
  }

  @Override
  public void destroy() {
    destroyed = true;
    Arrays.fill(secret, (byte) 0);
  }

  /** For a key of YFS-rxgk the name of its encryption type, as Linux lists it. */
  @Override
  public String summary() {
    return summary;
  }

  @Override
  public String toString() {
    return "server secret of " + secret.length + " bytes";
  }
}
