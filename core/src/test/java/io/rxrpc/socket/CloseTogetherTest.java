// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import static io.rxrpc.socket.SocketWalkThroughTest.assertErrno;
import static io.rxrpc.socket.Sockets.ACCEPT;
import static io.rxrpc.socket.Sockets.data;
import static io.rxrpc.socket.Sockets.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.driver.DriverStatus;
import io.rxrpc.driver.EndpointDriver;
import io.rxrpc.key.KeyFacility;
import io.rxrpc.key.KeyType;
import io.rxrpc.udp.Errno;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** whoever closes what, and all at once: each thing is let go of once. */
class CloseTogetherTest {
  /**
   * What one may get whose call or socket is closed by another; the last for a tag that is free.
   */
  private static final Set<Errno> EXPECTED =
      EnumSet.of(
          Errno.ESHUTDOWN,
          Errno.EBADSLT,
          Errno.ENODATA,
          Errno.EAGAIN,
          Errno.ECONNABORTED,
          Errno.EDESTADDRREQ);

  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final CountDownLatch start = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  private interface Work {
    void run() throws IOException;
  }

  private void together(Work work) {
    threads.add(
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    start.await();
                    work.run();
                  } catch (ClosedChannelException e) {
                    return; // another one was faster
                  } catch (SocketErrorException e) {
                    if (!EXPECTED.contains(e.errno())) {
                      failures.add(e);
                    }
                  } catch (IOException | InterruptedException | RuntimeException | Error e) {
                    failures.add(e);
                  }
                }));
  }

  @RepeatedTest(20)
  @Tag("R-46")
  @DisplayName("R-46: sockets, calls and services are closed by many threads at once")
  void allAtOnce() throws Exception {
    RxrpcSocket server = Sockets.server();
    RxrpcSocket client = Sockets.client(server);
    EndpointDriver[] drivers = {
      SocketAccess.table(server).driver, SocketAccess.table(client).driver
    };
    int calls = 6; // on two connections
    for (int tag = 1; tag <= calls; tag++) {
      client.sendmsg(data(tag, "hello"));
    }
    for (int tag = 1; tag < calls; tag++) { // one is left to be accepted
      server.sendmsg(acceptWhenThere(server, tag));
    }
    for (int tag = 1; tag <= calls; tag++) {
      long t = tag;
      together(() -> client.sendmsg(Message.of(id(t), new ControlMessage.Abort(1))));
      together(() -> server.sendmsg(Message.of(id(t), new ControlMessage.Abort(2))));
      together(() -> server.sendmsg(data(t, "reply")));
      together(() -> client.recvmsg(ByteBuffer.allocate(10)));
      together(() -> server.recvmsg(ByteBuffer.allocate(10)));
    }
    together(() -> client.sendmsg(data(100, "new")));
    together(() -> server.sendmsg(Message.of(ACCEPT, id(100))));
    together(server::rejectCall);
    together(client::shutdown);
    together(client::close);
    together(client::close);
    together(server::shutdown);
    together(server::close);
    together(server::close);
    start.countDown();
    for (Thread t : threads) {
      t.join();
    }
    assertThat(failures).isEmpty();
    for (EndpointDriver d : drivers) {
      assertThat(d.end()).isNotNull(); // the port has gone with its last socket
      assertThat(d.status()).isEqualTo(new DriverStatus(0, 0, 0, 0, 0, 0, 0));
    }
  }

  private static Message acceptWhenThere(RxrpcSocket server, long tag) throws IOException {
    server.poll(EnumSet.of(PollEvent.IN), Duration.ofSeconds(20));
    ReceivedMessage m = server.recvmsg(ByteBuffer.allocate(0));
    while (!m.has(ControlMessage.NewCall.class)) {
      m = server.recvmsg(ByteBuffer.allocate(10));
    }
    return Message.of(ACCEPT, id(tag));
  }

  @Test
  @Tag("R-46")
  @DisplayName(
      "R-46: a key or a keyring set twice is EINVAL, also when the first was set elsewhere")
  void keysTwice() throws Exception {
    KeyFacility facility = new KeyFacility(InstantSource.system());
    facility.process().addKeyring("ring");
    facility.process().add(KeyType.RXRPC, "key", new byte[0]);
    try (RxrpcSocket s = Sockets.client()) {
      s.keys(KeyResolver.of(facility));
      s.setOption(RxrpcOption.SECURITY_KEYRING, "ring");
      assertErrno(Errno.EINVAL, () -> s.setOption(RxrpcOption.SECURITY_KEYRING, "ring"));
      s.setOption(RxrpcOption.SECURITY_KEY, "key");
      assertErrno(Errno.EINVAL, () -> s.setOption(RxrpcOption.SECURITY_KEY, "key"));
      assertErrno(Errno.EINVAL, () -> s.setOption(RxrpcOption.SECURITY_KEY, "unknown"));
    }
  }
}
