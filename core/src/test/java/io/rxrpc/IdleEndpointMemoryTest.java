// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static io.rxrpc.Ends.SERVICE;
import static io.rxrpc.Ends.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What an endpoint that has answered a small call and waits costs the process: in a JVM of its own,
 * whose heap is all touched before, so that the collector's part is not counted.
 */
class IdleEndpointMemoryTest {
  private static final int WARM = 48;
  private static final int ENDPOINTS = 64;
  private static final long MOST = 400 << 10;

  @Test
  void isAtMost400KiBResident() throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Xms256m",
            "-Xmx256m",
            "-XX:+AlwaysPreTouch",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Measure.class.getName());
    Process jvm = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    String told = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(jvm.waitFor()).isZero();
    long each = Long.parseLong(told.strip());
    System.out.println("an idle endpoint: " + each / 1024 + " KiB resident");
    assertThat(each).isBetween(1L, MOST);
  }

  /** Prints the bytes that an endpoint adds to what the process has resident. */
  static final class Measure {
    private Measure() {}

    public static void main(String[] args) throws Exception {
      List<RxrpcEndpoint> endpoints = new ArrayList<>();
      try (RxrpcEndpoint client =
          RxrpcEndpoint.open(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))) {
        for (int i = 0; i < WARM; i++) {
          endpoints.add(served(client)); // what the first ones need is everybody's
        }
        long before = resident();
        for (int i = 0; i < ENDPOINTS; i++) {
          endpoints.add(served(client));
        }
        System.out.println((resident() - before) / ENDPOINTS);
      } finally {
        endpoints.forEach(RxrpcEndpoint::close);
      }
    }

    private static RxrpcEndpoint served(RxrpcEndpoint client) throws Exception {
      RxrpcEndpoint endpoint =
          RxrpcEndpoint.open(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
      endpoint.serve(SERVICE, CallHandler.blob(request -> request));
      byte[] reply = client.call(new RxrpcAddress(endpoint.localAddress(), SERVICE), bytes(32));
      if (reply.length != 32) {
        throw new IllegalStateException("a reply of " + reply.length + " bytes");
      }
      return endpoint;
    }

    private static long resident() throws IOException {
      String pages = Files.readString(Path.of("/proc/self/statm")).split(" ", 3)[1];
      return Long.parseLong(pages) * 4096;
    }
  }
}
