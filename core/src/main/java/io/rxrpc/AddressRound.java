// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import io.rxrpc.driver.CallFailure;
import io.rxrpc.driver.CallPlan;
import io.rxrpc.driver.EndpointDriver;

/** One call's way through the addresses of a name. */
final class AddressRound {
  private final EndpointDriver driver;
  private final AddressChoice choice;
  private final RxrpcAddress to;
  private final CallOptions options;
  private final long limit;
  private final long deadline;
  private int index;
  private int tried = 1;

  AddressRound(EndpointDriver driver, AddressChoice choice, RxrpcAddress to, CallOptions options) {
    this.driver = driver;
    this.choice = choice;
    this.to = to;
    this.options = options;
    RxrpcAddress.checkService(to.serviceId());
    limit = options.timeoutNanos();
    deadline =
        limit == 0 || to.transports().size() == 1
            ? 0
            : driver.time().nanoTime() + Math.min(limit, Long.MAX_VALUE / 2);
  }

  /** Looks for the address to begin with, which may wait where there are several. */
  void choose() throws CallFailure, InterruptedException {
    index = choice.choose(to, deadline);
  }

  boolean isChoice() {
    return to.transports().size() > 1;
  }

  RxrpcAddress address() {
    return to.at(index);
  }

  CallPlan plan() {
    return new CallPlan(
        to.transport(index), to.serviceId(), options.security(), options.wishes(), timeoutNanos());
  }

  /** What is left of the call's limit; 0 for none. */
  private long timeoutNanos() {
    return deadline == 0 ? limit : Math.max(1, deadline - driver.time().nanoTime());
  }

  /** Moves on; false if the call may have got somewhere, or no address is left. */
  boolean next(CallFailure failure) {
    lost(failure);
    int count = to.transports().size();
    if (!AddressChoice.unreached(failure) || tried == count) {
      return false;
    }
    index = (index + 1) % count;
    tried++;
    return true;
  }

  void lost(CallFailure failure) {
    if (AddressChoice.lost(failure) || AddressChoice.unreached(failure)) {
      choice.forget(to);
    }
  }

  RxrpcException failed(CallFailure failure) {
    return tried == to.transports().size() && AddressChoice.unreached(failure)
        ? Failures.of(failure, address(), to.everywhere())
        : Failures.of(failure, address());
  }
}
