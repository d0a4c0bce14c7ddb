// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static io.rxrpc.Ends.SERVICE;
import static io.rxrpc.Ends.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An endpoint records what it sends and receives. */
class EndpointCaptureTest {
  @Test
  void everyDatagramIsRecorded(@TempDir Path dir) throws Exception {
    Path file = dir.resolve("call.pcap");
    try (PacketCapture capture = PacketCapture.open(file);
        RxrpcEndpoint server = RxrpcEndpoint.open(Ends.DEFAULT.local())) {
      server.serve(SERVICE, CallHandler.blob(request -> request));
      RxrpcEndpoint client =
          RxrpcEndpoint.builder().local(Ends.DEFAULT.local()).capture(capture).open();
      client.call(new RxrpcAddress(server.localAddress(), SERVICE), bytes(100_000));
      client.close();
      assertThat(capture.count())
          .isEqualTo(
              client.counters().get("datagrams-sent")
                  + client.counters().get("datagrams-received"));
      capture.flush();
      assertThat(Files.size(file)).isGreaterThan(200_000);
    }
  }
}
