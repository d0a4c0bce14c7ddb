// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long a program with an endpoint lives, and who waits for its end. */
@Tag("long")
@Timeout(120)
class ServerLifeTest {
  private static final InetSocketAddress LOOPBACK =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final int STOP = 7;

  /** Programs whose {@code main} returns with an endpoint open. */
  static final class Program {
    private Program() {}

    public static void main(String[] kind) throws IOException {
      RxrpcEndpoint.Builder options = RxrpcEndpoint.builder().local(LOOPBACK);
      switch (kind[0]) {
        case "daemon" -> serve(options.daemon(true).open());
        case "server" -> serve(options.open());
        case "charged" -> {
          Thread main = Thread.currentThread();
          RxrpcEndpoint endpoint = options.open();
          ChargedService charged = endpoint.serveCharged(STOP, ServiceOptions.UNSECURED);
          charged.charge(
              call -> {
                try (call) {
                  main.join();
                  call.endReply(new byte[] {1});
                } catch (RxrpcException | InterruptedException e) {
                  throw new AssertionError(e);
                }
                Thread.startVirtualThread(() -> stop(endpoint));
              });
          tell(endpoint);
        }
        case "client" -> tell(options.answerCallbacks(true).open());
        default -> throw new IllegalArgumentException(kind[0]);
      }
    }

    /** Answers only when {@code main} has returned, and stops then. */
    private static void serve(RxrpcEndpoint endpoint) throws IOException {
      Thread main = Thread.currentThread();
      endpoint.serve(
          STOP,
          call -> {
            main.join();
            call.endReply(new byte[] {1});
            Thread.startVirtualThread(() -> stop(endpoint));
          });
      tell(endpoint);
    }

    private static void stop(RxrpcEndpoint endpoint) {
      try {
        endpoint.shutdown(Duration.ofSeconds(30));
      } catch (RxrpcException e) {
        throw new AssertionError(e);
      }
    }

    private static void tell(RxrpcEndpoint endpoint) {
      System.out.println(endpoint.localAddress().getPort());
    }
  }

  private static Process start(String kind) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Program.class.getName(),
            kind)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static int port(Process process) throws IOException {
    String line =
        new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))
            .readLine();
    return Integer.parseInt(String.valueOf(line));
  }

  @Test
  void aServerWhoseMainHasReturnedServesUntilItIsClosed() throws Exception {
    for (String kind : new String[] {"server", "charged"}) {
      Process process = start(kind);
      try (RxrpcEndpoint client = RxrpcEndpoint.open()) {
        RxrpcAddress to = RxrpcAddress.of("127.0.0.1", port(process), STOP);
        assertThat(client.call(to, new byte[0])).as(kind).containsExactly(1);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ends when closed", kind).isTrue();
        assertThat(process.exitValue()).isZero();
      } finally {
        process.destroyForcibly();
      }
    }
  }

  @Test
  void aServerByChoiceADaemonAndAClientKeepNothingAlive() throws Exception {
    for (String kind : new String[] {"daemon", "client"}) {
      Process process = start(kind);
      try {
        assertThat(port(process)).isPositive();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(kind).isTrue();
        assertThat(process.exitValue()).as(kind).isZero();
      } finally {
        process.destroyForcibly();
      }
    }
  }

  @Test
  void whoeverAwaitsTheEndReturnsWhenItIsClosedAndThePortIsFree() throws Exception {
    RxrpcEndpoint endpoint = RxrpcEndpoint.open(LOOPBACK);
    InetSocketAddress at = endpoint.localAddress();
    CountDownLatch waits = new CountDownLatch(1);
    CompletableFuture<Boolean> closed =
        CompletableFuture.supplyAsync(
            () -> {
              waits.countDown();
              try {
                endpoint.awaitClosed();
                RxrpcEndpoint.open(at).close();
                return true;
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            },
            Thread.ofVirtual()::start);
    waits.await();
    assertThat(closed).isNotDone();
    endpoint.close();
    assertThat(closed.get(30, TimeUnit.SECONDS)).isTrue();
    endpoint.awaitClosed(); // and again
  }

  @Test
  void whoeverAwaitsTheEndMayBeInterrupted() throws Exception {
    try (RxrpcEndpoint endpoint = RxrpcEndpoint.open(LOOPBACK)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(endpoint::awaitClosed).isInstanceOf(CallInterruptedException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(endpoint.status().liveCalls()).isZero(); // it goes on
    }
  }
}
