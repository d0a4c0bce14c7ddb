// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.security.NullSecurity;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The loop looks for the answer to a small call before it sleeps, and not without one. */
@Tag("long")
@Timeout(60)
class LookTest {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private static EndpointDriver open(FaultyPort port, Duration spin) {
    Tunables t = Tunables.defaults().with(Tunable.SPIN, spin).with(Tunable.VERSION_RATE, 1_000_000);
    return EndpointDriver.open(
        new DriverOptions(port.localAddress(), null, false, t, "test", null), port);
  }

  /** A small call to somebody who is silent; returns when its request has arrived. */
  private static DriverCall ask(EndpointDriver driver, DatagramSocket silent)
      throws IOException, CallFailure, InterruptedException {
    InetSocketAddress to = new InetSocketAddress(LOOPBACK, silent.getLocalPort());
    DriverCall call = driver.begin(to, 1, NullSecurity.INSTANCE, 0);
    call.out().finish();
    silent.receive(new DatagramPacket(new byte[100], 100));
    return call;
  }

  @Test
  void whileAnAnswerIsAwaited() throws Exception {
    FaultyPort port = new FaultyPort();
    try (DatagramSocket silent = new DatagramSocket(0, LOOPBACK);
        EndpointDriver driver = open(port, Duration.ofMillis(1))) {
      DriverCall call = ask(driver, silent);
      while (port.looked.getCount() > 0) { // on a busy machine a look may be short
        driver.version(driver.localAddress(), TimeUnit.SECONDS.toNanos(10)); // an occasion
      }
      call.close();
    }
  }

  @Test
  void notWhenItIsTurnedOff() throws Exception {
    FaultyPort port = new FaultyPort();
    try (DatagramSocket silent = new DatagramSocket(0, LOOPBACK);
        EndpointDriver driver = open(port, Duration.ZERO)) {
      DriverCall call = ask(driver, silent);
      for (int n = 0; n < 300; n++) {
        driver.version(driver.localAddress(), TimeUnit.SECONDS.toNanos(10));
      }
      assertThat(port.looked.getCount()).isPositive();
      call.close();
    }
  }

  @Test
  void notWithoutACall() throws Exception {
    FaultyPort port = new FaultyPort();
    try (EndpointDriver driver = open(port, Duration.ofMillis(1))) {
      for (int n = 0; n < 300; n++) {
        driver.version(driver.localAddress(), TimeUnit.SECONDS.toNanos(10));
      }
      assertThat(port.looked.getCount()).isPositive();
    }
  }
}
