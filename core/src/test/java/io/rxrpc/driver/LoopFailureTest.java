// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rxrpc.engine.CallWishes;
import io.rxrpc.engine.Completion;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.udp.Errno;
import io.rxrpc.udp.PortKind;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A loop that fails tells everybody, instead of leaving them to wait for ever. */
class LoopFailureTest {
  private static final class Planted extends Error {
    private static final long serialVersionUID = 1L;

    Planted() {
      super("planted");
    }
  }

  @ParameterizedTest
  @CsvSource({"LINUX,false", "NIO,false", "LINUX,true", "NIO,true"})
  void callsFailWithTheCause(PortKind kind, boolean noMemory) throws Exception {
    Error planted = noMemory ? new OutOfMemoryError("planted") : new Planted();
    Errno errno = noMemory ? Errno.ENOMEM : Errno.EIO; // ENOMEM: what was made beforehand
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    try (DatagramSocket peer = new DatagramSocket(new InetSocketAddress(loopback, 0))) {
      InetSocketAddress to = new InetSocketAddress(loopback, peer.getLocalPort());
      EndpointDriver driver =
          EndpointDriver.open(
              new DriverOptions(
                  new InetSocketAddress(loopback, 0),
                  kind,
                  false,
                  Tunables.fromProperties(),
                  "test",
                  (time, from, dest, memory, offset, length) -> {
                    if (from.getPort() == to.getPort()) {
                      throw planted;
                    }
                  }));
      CountDownLatch waiting = new CountDownLatch(1);
      AtomicReference<Throwable> async = new AtomicReference<>();
      CountDownLatch failed = new CountDownLatch(1);
      AsyncCall.begin(
          driver,
          new CallPlan(to, 1, NullSecurity.INSTANCE, CallWishes.NONE, 0),
          new byte[1],
          1,
          driver.on(Runnable::run),
          new AsyncCall.Outcome() {
            @Override
            public void filled(long bytes) {
              throw new AssertionError("no memory was given");
            }

            @Override
            public void replied(byte[] reply) {
              failed.countDown();
            }

            @Override
            public void failed(Throwable why) {
              async.set(why);
              failed.countDown();
            }
          });
      Thread.ofPlatform()
          .start(
              () -> {
                try {
                  waiting.await();
                  peer.send(new DatagramPacket(new byte[5], 5, driver.localAddress()));
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      DriverCall call = driver.begin(to, 1, NullSecurity.INSTANCE, 0);
      call.out().finish();
      waiting.countDown();
      CallFailure failure = catchThrowableOfType(CallFailure.class, () -> call.in().readWhole(10));
      assertThat(failure.completion().kind()).isEqualTo(Completion.Kind.LOCAL_ERROR);
      assertThat(failure.completion().errno()).isEqualTo(errno.number());
      assertThat(failure.completion().reason()).contains(noMemory ? "failed" : "planted");
      assertThat(failure).hasCause(planted);
      failed.await();
      assertThat(async.get()).isInstanceOf(CallFailure.class).hasCause(planted);
      assertThatThrownBy(() -> driver.begin(to, 1, NullSecurity.INSTANCE, 0))
          .isInstanceOf(CallFailure.class)
          .hasCause(planted);
      call.close();
      driver.awaitEnd(); // it has ended by itself, and says why
      assertThat(driver.broken()).hasCause(planted);
      driver.close();
    }
  }
}
