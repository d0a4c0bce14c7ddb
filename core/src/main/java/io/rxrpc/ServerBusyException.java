package io.rxrpc;

/** The server said that it is busy until the patience was over (EBUSY). */
public final class ServerBusyException extends RxrpcException {
  private static final long serialVersionUID = 1L;

  ServerBusyException(String message, RxrpcAddress address) {
    super(message, address, null);
  }
}
