// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static io.rxrpc.Ends.SERVICE;
import static io.rxrpc.Ends.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an endpoint that has answered a small call and waits costs the process. */
class IdleEndpointMemoryTest {
  private static final int ENDPOINTS = 64;
  private static final long MOST = 400 << 10;

  private static RxrpcEndpoint served(RxrpcEndpoint client) throws Exception {
    RxrpcEndpoint endpoint =
        RxrpcEndpoint.open(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
    endpoint.serve(SERVICE, CallHandler.blob(request -> request));
    assertThat(client.call(new RxrpcAddress(endpoint.localAddress(), SERVICE), bytes(32)))
        .isEqualTo(bytes(32));
    return endpoint;
  }

  private static long resident() throws IOException {
    String pages = Files.readString(Path.of("/proc/self/statm")).split(" ", 3)[1];
    return Long.parseLong(pages) * 4096;
  }

  @Test
  void isAtMost400KiBResident() throws Exception {
    List<RxrpcEndpoint> endpoints = new ArrayList<>();
    try (RxrpcEndpoint client =
        RxrpcEndpoint.open(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))) {
      for (int i = 0; i < 8; i++) {
        endpoints.add(served(client)); // what the first ones need is everybody's
      }
      long before = resident();
      for (int i = 0; i < ENDPOINTS; i++) {
        endpoints.add(served(client));
      }
      long each = (resident() - before) / ENDPOINTS;
      System.out.println("an idle endpoint: " + each / 1024 + " KiB resident");
      assertThat(each).isLessThanOrEqualTo(MOST);
    } finally {
      endpoints.forEach(RxrpcEndpoint::close);
    }
  }
}
