// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import io.rxrpc.security.SecurityFailure;
import java.lang.System.Logger.Level;

/** Tells the administrator of a security class that failed where it should have answered. */
public final class SecurityDefects {
  private static final System.Logger LOG = System.getLogger("io.rxrpc.security");

  private SecurityDefects() {}

  /** Says so if that is what a refused seal or unseal comes from; a plain refusal is no defect. */
  public static void tell(SecurityFailure refused) {
    Throwable defect = refused.getCause();
    if (defect != null) {
      LOG.log(Level.WARNING, () -> "a security class failed, a call with it is over: " + defect);
    }
  }
}
