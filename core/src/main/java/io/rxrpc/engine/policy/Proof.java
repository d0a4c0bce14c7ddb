// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.policy;

import io.rxrpc.security.ResponsePacket;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whether a server has shown that it believes who calls on a connection: only reply data does, as a
 * server of Linux acknowledges and answers PINGs before it knows. Until then the RESPONSE goes
 * again and again, for nobody tells that it was lost, and no second call begins.
 */
public final class Proof {
  private boolean given;
  private boolean asked;

  private byte @Nullable [] challenge;
  private @Nullable ResponsePacket response;

  /** The call numbers in it; null if somebody else has made it. */
  private int @Nullable [] numbers;

  private int repeats;
  private long repeatAt = Long.MAX_VALUE;

  /** A connection without security has nothing to prove. */
  public Proof(boolean given) {
    this.given = given;
  }

  /** Whether further calls may begin on the connection. */
  public boolean given() {
    return given;
  }

  /** Whether the server acknowledges without ever having asked who calls. */
  public boolean neverAsked() {
    return !given && !asked;
  }

  /** The server has delivered a call to its service. */
  public void give() {
    given = true;
    challenge = null;
    response = null;
    repeatAt = Long.MAX_VALUE;
  }

  /** A CHALLENGE came, perhaps from one that has forgotten the connection. */
  public void asked() {
    given = false;
    asked = true;
  }

  /** A RESPONSE goes out for the first time, made of a challenge with these call numbers. */
  public void answer(
      ResponsePacket packet, byte @Nullable [] madeOf, int @Nullable [] callNumbers) {
    response = packet;
    challenge = madeOf;
    numbers = callNumbers;
    repeats = 0;
  }

  /** What may go again; null when there is none, or the server believes. */
  public @Nullable ResponsePacket response() {
    return given ? null : response;
  }

  /**
   * The challenge of which the RESPONSE is to be made anew, as a call has begun since it was made
   * and its numbers are not these; null if it is as good as ever, or somebody else has made it.
   */
  public byte @Nullable [] madeOf(int[] callNumbers) {
    return numbers == null || Arrays.equals(numbers, callNumbers) ? null : challenge;
  }

  /** It does not go again by itself. */
  public void rest() {
    repeatAt = Long.MAX_VALUE;
  }

  /** How often it has gone again; counts this time. */
  public int repeats() {
    return repeats++;
  }

  /** It has gone out, and goes again after a pause if that is not longer than {@code most}. */
  public void sent(long pause, long most, long now) {
    // later it goes with the PINGs, which ask a silent peer for a sign of life
    repeatAt = given || pause > most ? Long.MAX_VALUE : now + pause;
  }

  /** When it goes again by itself. */
  public long repeatAt() {
    return repeatAt;
  }
}
