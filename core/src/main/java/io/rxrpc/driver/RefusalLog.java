// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;

/**
 * Tells the administrator why clients were refused, which they themselves are told by a bare code.
 * So many a second at most: anybody can send wrong tickets. Safe for all threads.
 */
final class RefusalLog {
  private static final int EACH_SECOND = 5;

  private final System.Logger log;
  private long second;
  private int told;
  private long untold;

  RefusalLog(System.Logger log) {
    this.log = log;
  }

  void tell(String refusal, long nanoTime) {
    String more;
    synchronized (this) {
      long now = TimeUnit.NANOSECONDS.toSeconds(nanoTime);
      if (now != second) {
        second = now;
        told = 0;
      }
      if (told == EACH_SECOND) {
        untold++;
        return;
      }
      told++;
      more = untold == 0 ? "" : " (and " + untold + " more since the last one told)";
      untold = 0;
    }
    log.log(Level.WARNING, () -> refusal + more);
  }
}
