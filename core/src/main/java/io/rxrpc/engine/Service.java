// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.wire.AbortCodes;
import org.jspecify.annotations.Nullable;

/** A service that an endpoint offers. */
public final class Service {
  private final int id;
  private Offers offers;
  private final Object owner;
  private final ServiceLoad load;

  /** Calls of the service that have arrived and were not accepted yet. */
  int pending;

  /** Calls being served. */
  int active;

  /** How many more calls may come, or null for what is tuned. */
  @Nullable Admission admission;

  private int upgradeTo;
  private int unsecuredRefusal;

  /** New calls are refused with an ABORT. */
  private boolean refusing;

  Service(int id, Offers offers, Object owner, ServiceLoad load) {
    this.id = id;
    this.offers = offers;
    this.owner = owner;
    this.load = load;
  }

  /** The service id, 1..65535. */
  public int id() {
    return id;
  }

  /** What the application gave when it added the service. */
  public Object owner() {
    return owner;
  }

  /** Offers other security classes from now on; connections that exist keep theirs. */
  public void offer(Offers others) {
    offers = others;
  }

  /** The ABORT for calls without any security where they are not offered; 0: as for others. */
  public void refuseUnsecured(int abortCode) {
    unsecuredRefusal = abortCode;
  }

  /** The ABORT for calls of a class that is not offered. */
  int refusal(int securityIndex) {
    return securityIndex == 0 && unsecuredRefusal != 0
        ? unsecuredRefusal
        : AbortCodes.RX_INVALID_OPERATION;
  }

  /** Limits the calls that may still come; beyond them the answer is BUSY. */
  public void admit(Admission places) {
    admission = places;
  }

  /** What limits the calls that may come, or null. */
  public @Nullable Admission admission() {
    return admission;
  }

  /** Answers clients that ask for a newer service as another one. */
  public void upgradeTo(int serviceId) {
    upgradeTo = serviceId;
  }

  /** The service that answers those who ask for a newer one; 0 for none. */
  int upgradeTo() {
    return upgradeTo;
  }

  /** Whether new calls are refused with an ABORT, as if the service did not exist. */
  public void refuse(boolean refuse) {
    refusing = refuse;
  }

  boolean refusing() {
    return refusing;
  }

  /** Whether it can take no more calls, for its own sake or for that of all services together. */
  boolean full() {
    Admission a = admission;
    return load.full() || (a != null && a.room() <= 0);
  }

  /** A call has arrived. */
  void arrived() {
    load.calls++;
    load.pending++;
    pending++;
    active++;
    if (admission != null) {
      admission.add(-1);
    }
  }

  /** The application took a call. */
  void accepted() {
    load.pending--;
    pending--;
  }

  /** A call is over that the application never took: its place is free again. */
  void vanished() {
    accepted();
    if (admission != null) {
      admission.add(1);
    }
  }

  /** A call is over. */
  void ended() {
    load.calls--;
    active--;
  }

  /** The security class offered under an index, or null. */
  Offers.@Nullable Offer offer(int index) {
    return offers.find(index);
  }
}
