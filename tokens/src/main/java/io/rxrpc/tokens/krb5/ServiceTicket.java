// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.krb5;

import java.util.Arrays;

/** A ticket for a service and its session key. Not thread-safe; whoever has it destroys it. */
public final class ServiceTicket {
  private final String service;
  private final int keyType;
  private final byte[] key;
  private final long start;
  private final long end;
  private final byte[] encoded;

  /** Takes the arrays over. */
  ServiceTicket(String service, int keyType, byte[] key, long start, long end, byte[] encoded) {
    this.service = service;
    this.keyType = keyType;
    this.key = key;
    this.start = start;
    this.end = end;
    this.encoded = encoded;
  }

  /** {@return the service, with its realm: what the ticket says, which a KDC may have changed} */
  public String service() {
    return service;
  }

  /** {@return the encryption type of the session key, as RFC 3961 numbers it} */
  public int keyType() {
    return keyType;
  }

  /** {@return the session key itself, no copy} */
  public byte[] key() {
    return key;
  }

  /** {@return from when it is valid, in seconds since 1970 by the KDC's clock} */
  public long start() {
    return start;
  }

  /** {@return until when it is valid, in seconds since 1970 by the KDC's clock} */
  public long end() {
    return end;
  }

  /** {@return the ticket in DER} */
  public byte[] encoded() {
    return encoded.clone();
  }

  /** Clears the key. */
  public void destroy() {
    Arrays.fill(key, (byte) 0);
  }

  @Override
  public String toString() {
    return "a ticket for " + service;
  }
}
