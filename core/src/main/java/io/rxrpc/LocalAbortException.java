package io.rxrpc;

/**
 * This end aborted the call: the application asked for it, or the other end broke the protocol. The
 * message tells which.
 */
public final class LocalAbortException extends RxrpcException {
  private static final long serialVersionUID = 1L;

  private final transient AbortCode code;

  LocalAbortException(String message, RxrpcAddress address, AbortCode code) {
    super(message, address, null);
    this.code = code;
  }

  /** The code that the other end was told. */
  public AbortCode code() {
    return code;
  }
}
