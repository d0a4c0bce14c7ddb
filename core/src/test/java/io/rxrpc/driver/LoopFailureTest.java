package io.rxrpc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import org.junit.jupiter.params.provider.EnumSource;

/** A loop that fails tells everybody, instead of leaving them to wait for ever. */
class LoopFailureTest {
  private static final class Planted extends Error {
    private static final long serialVersionUID = 1L;

    Planted() {
      super("planted");
    }
  }

  @ParameterizedTest
  @EnumSource(PortKind.class)
  void callsFailWithTheCause(PortKind kind) throws Exception {
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
                      throw new Planted();
                    }
                  }));
      CountDownLatch waiting = new CountDownLatch(1);
      AtomicReference<Throwable> async = new AtomicReference<>();
      CountDownLatch failed = new CountDownLatch(1);
      AsyncCall.begin(
          driver,
          to,
          1,
          NullSecurity.INSTANCE,
          0,
          new byte[1],
          1,
          Runnable::run,
          new AsyncCall.Outcome() {
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
      assertThat(failure.completion().errno()).isEqualTo(Errno.EIO.number());
      assertThat(failure.completion().reason()).contains("planted");
      assertThat(failure).hasCauseInstanceOf(Planted.class);
      failed.await();
      assertThat(async.get()).isInstanceOf(CallFailure.class).hasCauseInstanceOf(Planted.class);
      assertThatThrownBy(() -> driver.begin(to, 1, NullSecurity.INSTANCE, 0))
          .isInstanceOf(CallFailure.class)
          .hasCauseInstanceOf(Planted.class);
      call.close();
      driver.close();
    }
  }
}
