// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.figures;

import java.io.IOException;

/** The kernel's own TCP or UDP. */
final class YardstickContender implements Contender {
  static final String TCP = "the kernel's TCP";
  static final String DATAGRAMS = "the kernel's datagrams";

  private static final int SECONDS = 2;

  private final boolean bulk;

  YardstickContender(boolean bulk) {
    this.bulk = bulk;
  }

  @Override
  public String name() {
    return bulk ? TCP : DATAGRAMS;
  }

  @Override
  public String unit() {
    return bulk ? "MB/s" : "calls/s";
  }

  @Override
  public double measure() throws IOException, InterruptedException {
    return bulk ? Yardstick.bulk(SECONDS) : Yardstick.roundTrips(SECONDS);
  }
}
