package io.rxrpc;

/** The other end aborted the call. */
public final class RemoteAbortException extends RxrpcException {
  private static final long serialVersionUID = 1L;

  private final transient AbortCode code;

  RemoteAbortException(String message, RxrpcAddress address, AbortCode code) {
    super(message, address, null);
    this.code = code;
  }

  /** The code it sent. */
  public AbortCode code() {
    return code;
  }
}
