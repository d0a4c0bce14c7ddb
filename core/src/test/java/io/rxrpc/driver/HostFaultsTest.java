// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rxrpc.engine.CallWishes;
import io.rxrpc.engine.Completion;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.udp.Errno;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the operating system may refuse to do, at either end, and what calls make of it. */
@Tag("long")
class HostFaultsTest {
  private static final int SERVICE = 52;
  private static final byte[] BULK = bulk();
  private static final long SOON = Duration.ofMillis(300).toNanos();

  private FaultyPort clientPort;
  private FaultyPort serverPort;
  private EndpointDriver client;
  private EndpointDriver server;
  private EndpointDriver other;

  private static byte[] bulk() {
    byte[] data = new byte[1 << 20];
    new Random(5).nextBytes(data);
    return data;
  }

  @BeforeEach
  void open() throws IOException, CallFailure {
    clientPort = new FaultyPort();
    serverPort = new FaultyPort();
    // long enough that nothing but the fault under test ends a call
    Tunables t = Tunables.fromProperties().with(Tunable.DEAD_TIME, Duration.ofMinutes(5));
    client = driver(clientPort, t);
    server = driver(serverPort, t);
    other = driver(new FaultyPort(), t);
    echo(server);
    echo(other);
  }

  private static EndpointDriver driver(FaultyPort port, Tunables tunables) {
    return EndpointDriver.open(
        new DriverOptions(port.localAddress(), null, false, tunables, "test", null), port);
  }

  private static void echo(EndpointDriver driver) throws CallFailure {
    driver.addService(
        SERVICE,
        List.of(NullSecurity.INSTANCE),
        call -> Thread.startVirtualThread(() -> echo(call)));
  }

  private static void echo(DriverCall call) {
    try {
      call.finish(call.in().readWhole(BULK.length));
    } catch (CallFailure | InterruptedException e) {
      call.close();
    }
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
    other.close();
  }

  private byte[] call(EndpointDriver to, byte[] request, long limit)
      throws CallFailure, InterruptedException {
    InetSocketAddress address = to.localAddress();
    CallPlan plan = new CallPlan(address, SERVICE, NullSecurity.INSTANCE, CallWishes.NONE, limit);
    return Exchange.make(client, plan, request, reply -> reply.readWhole(BULK.length));
  }

  private CallFailure failure(EndpointDriver to, long limit) {
    return catchThrowableOfType(CallFailure.class, () -> call(to, new byte[10], limit));
  }

  @Test
  void aFullSendBufferDelaysAndLosesNothing() throws Exception {
    clientPort.full.set(3); // fewer than it tries at once
    assertThat(call(server, BULK, 0)).isEqualTo(BULK);
    clientPort.full.set(20);
    serverPort.full.set(20);
    assertThat(call(server, BULK, 0)).isEqualTo(BULK);
    assertThat(client.counters().get("sends-dropped")).isPositive();
    assertThat(server.counters().get("sends-dropped")).isPositive();
  }

  @Test
  void aSendBufferThatStaysFullIsATimeout() throws Exception {
    clientPort.full.set(Integer.MAX_VALUE);
    assertThat(failure(server, SOON).completion().errno()).isEqualTo(Errno.ETIME.number());
    clientPort.full.set(0);
    assertThat(call(server, BULK, 0)).isEqualTo(BULK);
  }

  @ParameterizedTest
  @EnumSource(
      value = Errno.class,
      names = {"ENETDOWN", "ENETUNREACH", "EADDRNOTAVAIL", "EHOSTUNREACH", "EPERM", "EINVAL"})
  void anInterfaceThatIsGoneEndsTheCallsThatNeedItAndNoOthers(Errno errno) throws Exception {
    assertThat(call(server, BULK, 0)).isEqualTo(BULK);
    clientPort.refused = server.localAddress().getPort();
    clientPort.errno = errno.number();
    Completion end = failure(server, 0).completion();
    assertThat(end.kind()).isEqualTo(Completion.Kind.LOCAL_ERROR);
    assertThat(end.errno()).isEqualTo(errno.number());
    assertThat(end.reason()).contains(errno.name());
    assertThat(call(other, BULK, 0)).as("another way").isEqualTo(BULK);
    clientPort.errno = 0;
    assertThat(call(server, BULK, 0)).as("when it is back").isEqualTo(BULK);
    assertThat(client.status().liveCalls()).isZero();
  }

  @Test
  void aServerWhoseInterfaceIsGoneEndsItsCallsAndServesOn() throws Exception {
    CompletableFuture<CallFailure> seen = new CompletableFuture<>();
    server.addService(
        SERVICE + 1,
        List.of(NullSecurity.INSTANCE),
        call ->
            Thread.startVirtualThread(
                () -> {
                  serverPort.errno = Errno.ENETDOWN.number();
                  seen.complete(catchThrowableOfType(CallFailure.class, () -> writeOn(call)));
                  call.close();
                }));
    DriverCall asked = client.begin(server.localAddress(), SERVICE + 1, NullSecurity.INSTANCE, 0);
    asked.out().finish();
    assertThat(seen.get().completion().errno()).isEqualTo(Errno.ENETDOWN.number());
    serverPort.errno = 0;
    asked.close();
    assertThat(call(server, BULK, 0)).isEqualTo(BULK);
  }

  private static void writeOn(DriverCall call) throws CallFailure, InterruptedException {
    while (true) {
      call.out().write(java.lang.foreign.MemorySegment.ofArray(BULK), 0, BULK.length);
    }
  }

  /** Neither counts as a failure of the way: the next packet may get through. */
  @ParameterizedTest
  @ValueSource(strings = {"ENOBUFS", "EAGAIN", "ENOMEM"})
  void noMemoryInTheHostIsLikeALostPacket(String errno) throws Exception {
    clientPort.errno = Errno.valueOf(errno).number();
    assertThat(failure(server, SOON).completion().errno()).isEqualTo(Errno.ETIME.number());
    clientPort.errno = 0;
    assertThat(call(server, BULK, 0)).isEqualTo(BULK);
  }

  @Test
  void packetsThatTheHostFindsTooLongBecomeShorter() throws Exception {
    clientPort.mtu = 1000;
    serverPort.mtu = 1000;
    assertThat(call(server, BULK, 0)).isEqualTo(BULK);
  }

  @Test
  void aSocketThatCannotBeReadEndsTheEndpointAndTellsEverybody() throws Exception {
    clientPort.full.set(Integer.MAX_VALUE); // or the reply might come first
    DriverCall waiting = client.begin(other.localAddress(), SERVICE, NullSecurity.INSTANCE, 0);
    clientPort.failure = new IOException("recvmmsg: EBADF");
    clientPort.wakeup();
    CallFailure why = catchThrowableOfType(CallFailure.class, () -> waiting.in().readWhole(10));
    assertThat(why).hasRootCauseMessage("recvmmsg: EBADF");
    assertThat(why.completion().errno()).isEqualTo(Errno.EIO.number());
    assertThatThrownBy(() -> call(server, BULK, 0)).isInstanceOf(CallFailure.class);
    waiting.close();
  }
}
