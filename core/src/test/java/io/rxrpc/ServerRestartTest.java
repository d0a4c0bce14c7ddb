// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static io.rxrpc.Ends.SERVICE;
import static io.rxrpc.Ends.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.udp.Errno;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server is started again in the middle of a thousand calls over real UDP. */
@Tag("long")
class ServerRestartTest {
  private static final int CALLS = 1000;

  /** The server's address: what lies behind it may be changed without anybody being told. */
  private static final class Address implements AutoCloseable {
    private final DatagramSocket front = socket();
    private final DatagramSocket back = socket();
    private final List<Thread> threads = new ArrayList<>();
    private volatile SocketAddress server;
    private volatile SocketAddress client = new InetSocketAddress(0);

    Address(SocketAddress server) throws IOException {
      this.server = server;
      threads.add(Thread.ofPlatform().daemon().start(() -> run(front, true)));
      threads.add(Thread.ofPlatform().daemon().start(() -> run(back, false)));
    }

    private static DatagramSocket socket() throws IOException {
      DatagramSocket s =
          new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      s.setReceiveBufferSize(4 << 20);
      return s;
    }

    private void run(DatagramSocket in, boolean up) {
      DatagramPacket p = new DatagramPacket(new byte[65_536], 65_536);
      try {
        while (true) {
          p.setLength(65_536);
          in.receive(p);
          if (up) {
            client = p.getSocketAddress();
            p.setSocketAddress(server);
            back.send(p);
          } else if (p.getSocketAddress().equals(server)) {
            p.setSocketAddress(client);
            front.send(p);
          }
        }
      } catch (IOException e) {
        // closed
      }
    }

    @Override
    public void close() throws InterruptedException {
      front.close();
      back.close();
      for (Thread t : threads) {
        t.join();
      }
    }
  }

  private static RxrpcEndpoint endpoint() throws IOException {
    return RxrpcEndpoint.builder().local(Ends.DEFAULT.local()).open();
  }

  private static RxrpcEndpoint server(CountDownLatch running, CountDownLatch go)
      throws IOException {
    RxrpcEndpoint server = endpoint();
    server.serve(
        SERVICE,
        call -> {
          byte[] request = call.readAll(100_000);
          if (request[0] != 0) { // these begin to reply
            call.write(request, 0, request.length);
            call.reply().flush();
          }
          running.countDown();
          go.await();
          call.endReply(request);
        });
    return server;
  }

  @Test
  @Tag("R-42")
  @Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void everyCallEndsAndTheNextOnesSucceedWithTheSameClient() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch running = new CountDownLatch(CALLS);
    try (RxrpcEndpoint before = server(running, never);
        RxrpcEndpoint after = server(new CountDownLatch(0), new CountDownLatch(0));
        Address address = new Address(before.localAddress());
        RxrpcEndpoint client = endpoint();
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      RxrpcAddress to =
          new RxrpcAddress((InetSocketAddress) address.front.getLocalSocketAddress(), SERVICE);
      List<Future<Errno>> ends = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        byte[] request = bytes(10 + i * 7);
        request[0] = (byte) (i % 2);
        ends.add(
            callers.submit(
                () -> {
                  try {
                    client.call(to, request);
                    return null;
                  } catch (RemoteAbortException e) {
                    assertThat(e.code()).isEqualTo(AbortCode.PROTOCOL_ERROR);
                    return Errno.ECONNABORTED;
                  } catch (LocalErrorException e) {
                    return e.errno();
                  }
                }));
      }
      running.await();
      address.server = after.localAddress();
      int failed = 0;
      for (Future<Errno> end : ends) {
        Errno errno = end.get();
        // null: what the old server had said was still on its way, and the request went again
        assertThat(errno).isIn(null, Errno.ENETRESET, Errno.ECONNABORTED);
        failed += errno == null ? 0 : 1;
      }
      assertThat(failed).isGreaterThan(CALLS / 2);
      List<Future<byte[]>> next = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        byte[] request = new byte[10 + i];
        next.add(callers.submit(() -> client.call(to, request)));
      }
      for (int i = 0; i < CALLS; i++) {
        assertThat(next.get(i).get()).hasSize(10 + i);
      }
      never.countDown();
    }
  }
}
