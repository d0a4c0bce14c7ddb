// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc;

import java.io.InputStream;
import java.io.OutputStream;

/**
 * The data of a split call that is served: between the parameters, which were read, and the
 * results, which are written when the procedure returns. Any length goes through it in constant
 * memory. Valid while the procedure runs.
 */
public final class ServedSplit {
  private final Caller caller;
  private final InputStream request;
  private final OutputStream reply;

  ServedSplit(Caller caller, InputStream request, OutputStream reply) {
    this.caller = caller;
    this.request = request;
    this.reply = reply;
  }

  /** {@return who calls} */
  public Caller caller() {
    return caller;
  }

  /**
   * {@return what the client sends behind its parameters, up to the end of the request} Its close
   * does nothing.
   */
  public InputStream request() {
    return request;
  }

  /**
   * {@return what the client gets before the results} What was not read of the request when the
   * first octet is written is thrown away. Its close does nothing: the results end the reply.
   */
  public OutputStream reply() {
    return reply;
  }
}
