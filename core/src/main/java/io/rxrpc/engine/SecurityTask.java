// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.security.ResponsePacket;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.wire.AbortCodes;
import io.rxrpc.wire.Header;
import org.jspecify.annotations.Nullable;

/**
 * Work of a security class, which must not be done in the loop: securing a connection, and clearing
 * its keys. {@link #run} is called outside the endpoint's lock, then {@link #finish} under it.
 * Whatever the class does, it is the connection that fails.
 */
public abstract class SecurityTask implements Runnable {
  /** What a datagram has room for behind the header. */
  private static final int MOST_PAYLOAD = 65_507 - Header.LENGTH;

  private @Nullable SecurityFailure failure;

  SecurityTask() {}

  /** Asks the security class. Touches nothing of the endpoint. */
  abstract void work() throws SecurityFailure;

  /** What it is about, for the log. */
  abstract String what();

  /** Checks that what a security class has made is fit for a packet. */
  static ResponsePacket checked(@Nullable ResponsePacket response) throws SecurityFailure {
    if (response == null) {
      throw Protection.nonsense("no RESPONSE");
    }
    int checksum = response.checksum();
    if (checksum < 0 || checksum > 0xffff) {
      throw Protection.nonsense(checksum + " as the checksum of a RESPONSE");
    }
    return new ResponsePacket(checked(response.payload(), "RESPONSE"), checksum);
  }

  /** Checks that what a security class has made is fit for a packet. */
  static byte[] checked(byte @Nullable [] payload, String what) throws SecurityFailure {
    if (payload == null || payload.length > MOST_PAYLOAD) {
      throw Protection.nonsense(
          (payload == null ? "no " : payload.length + " bytes as the ") + what);
    }
    return payload;
  }

  /** Does the work. Touches nothing of the endpoint, and throws nothing. */
  @Override
  public final void run() {
    try {
      work();
    } catch (SecurityFailure e) {
      failure = e;
    } catch (RuntimeException | Error e) {
      failure = Protection.defect(e);
    }
  }

  /** After {@link #run}: what the server's log is to say of it; null for nothing. */
  public @Nullable String refusal() {
    SecurityFailure f = failure;
    Throwable defect = f == null ? null : f.getCause();
    return defect == null
        ? null
        : what() + " came to nothing, the security class failed: " + defect;
  }

  /** Whether it is to be run even when the endpoint is over; there is nothing to finish then. */
  public boolean outlives() {
    return false;
  }

  /** Hands the result to the endpoint. */
  public abstract void finish(long now);

  /** Instead of {@link #finish}, when the endpoint is over: clears what {@link #run} yielded. */
  public abstract void discard();

  final @Nullable SecurityFailure failure() {
    return failure;
  }

  /** What the peer is told; a class that threw something else has a defect. */
  final int code() {
    SecurityFailure f = failure;
    return f == null ? AbortCodes.RX_PROTOCOL_ERROR : f.abortCode();
  }

  final String reason() {
    SecurityFailure f = failure;
    return f == null ? "the security class failed" : String.valueOf(f.getMessage());
  }
}
