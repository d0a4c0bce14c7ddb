package io.rxrpc.security;

/** A packet, challenge or response that a security class refuses. */
public final class SecurityFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final int abortCode;

  /**
   * @param abortCode what the peer is told, never 0
   * @param message what was wrong, without any secret in it
   */
  public SecurityFailure(int abortCode, String message) {
    super(message);
    if (abortCode == 0) {
      throw new IllegalArgumentException("abort code 0 looks like success");
    }
    this.abortCode = abortCode;
  }

  /** The abort code that names the failure. */
  public int abortCode() {
    return abortCode;
  }
}
