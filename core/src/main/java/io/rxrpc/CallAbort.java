package io.rxrpc;

/**
 * Thrown by a {@link CallHandler} to abort its call with a code. It carries no stack trace: it is
 * an answer, not a fault.
 */
public final class CallAbort extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient AbortCode code;

  /** An abort with this code. */
  public CallAbort(AbortCode code) {
    super("abort " + code, null, false, false);
    this.code = code;
  }

  /** An abort with this code, anything but 0. */
  public CallAbort(int code) {
    this(new AbortCode(code));
  }

  /** The code that the client gets. */
  public AbortCode code() {
    return code;
  }
}
