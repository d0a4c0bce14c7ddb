// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import io.rxrpc.security.SecurityRefusal;
import java.lang.System.Logger.Level;
import java.util.List;

/** A handler behind its requirement, which is asked before a byte of the request is read. */
record Admitting(CallHandler handler) implements CallHandler {
  private static final System.Logger LOG = System.getLogger("io.rxrpc.call");

  /** The handler behind its requirement, behind the interceptors, the first one outermost. */
  static CallHandler behind(List<ServerInterceptor> interceptors, CallHandler handler) {
    CallHandler chain = new Admitting(handler);
    for (ServerInterceptor i : interceptors.reversed()) {
      CallHandler next = chain;
      chain = call -> i.intercept(call, next);
    }
    return chain;
  }

  @Override
  public void handle(ServerCall call) throws Exception {
    Requirement requirement = handler.requirement();
    SecurityRefusal refusal =
        requirement == null ? null : requirement.refusal(call.identity(), call.level());
    if (refusal != null) {
      LOG.log(
          Level.DEBUG, () -> "service " + call.serviceId() + " refused a call of " + call.client());
      throw new CallAbort(call.abortCode(refusal));
    }
    handler.handle(call);
  }
}
