// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A call failed. The subclasses say how; the message names who, what, and the code or errno. All of
 * them can be made by others, such as generated code and tests of handlers, and survive
 * serialisation.
 */
public abstract sealed class RxrpcException extends IOException
    permits RemoteAbortException,
        LocalAbortException,
        NetworkErrorException,
        CallTimeoutException,
        ServerBusyException,
        LocalErrorException,
        EndpointClosedException,
        CallInterruptedException {
  private static final long serialVersionUID = 1L;

  /** Whom the call went to or came from, or null where there is no call. */
  private final @Nullable RxrpcAddress address;

  RxrpcException(String message, @Nullable RxrpcAddress address, @Nullable Throwable cause) {
    super(message, cause);
    this.address = address;
  }

  /** {@return the other end and the service of the call, or null when it was not about a call} */
  public @Nullable RxrpcAddress address() {
    return address;
  }
}
