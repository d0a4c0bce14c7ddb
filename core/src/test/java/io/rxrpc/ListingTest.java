// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The listing of peers, connections and calls. */
class ListingTest {
  private static final int SERVICE = 52;
  private static final InetSocketAddress LOOPBACK =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @Test
  @DisplayName("both ends list the same call")
  void oneCall() throws Exception {
    try (RxrpcEndpoint server = RxrpcEndpoint.open(LOOPBACK);
        RxrpcEndpoint client = RxrpcEndpoint.open(LOOPBACK)) {
      assertThat(client.listing()).isEqualTo(new EndpointListing(List.of(), List.of(), List.of()));
      server.serve(
          SERVICE,
          call -> {
            EndpointListing here = server.listing();
            EndpointListing.CallEntry served = here.calls().getFirst();
            assertThat(served.client()).isFalse();
            assertThat(served.packetsReceived()).isEqualTo(1);
            EndpointListing there = client.listing();
            EndpointListing.CallEntry made = there.calls().getFirst();
            assertThat(made.client()).isTrue();
            assertThat(made.cid()).isEqualTo(served.cid());
            assertThat(made.epoch()).isEqualTo(served.epoch()).isEqualTo(call.epoch());
            assertThat(made.number()).isEqualTo(served.number()).isEqualTo(1);
            assertThat(made.state()).isEqualTo("CLIENT_AWAIT_REPLY");
            assertThat(there.connections().getFirst().callNumbers()).containsExactly(1, 0, 0, 0);
            assertThat(there.connections().getFirst().level()).isNull();
            assertThat(there.peers().getFirst().address()).isEqualTo(server.localAddress());
            call.endReply(call.readAll(10));
          });
      assertThat(client.call(new RxrpcAddress(server.localAddress(), SERVICE), new byte[5]))
          .hasSize(5);
      assertThat(client.listing().calls()).isEmpty();
      assertThat(client.listing().connections().getFirst().calls()).isZero();
    }
  }

  @Test
  @Tag("R-45")
  @DisplayName("R-45: it is a snapshot, whatever changes meanwhile")
  void whileItChanges() throws Exception {
    AtomicInteger running = new AtomicInteger(8);
    RxrpcEndpoint server = RxrpcEndpoint.open(LOOPBACK);
    RxrpcEndpoint client = RxrpcEndpoint.open(LOOPBACK);
    server.serve(SERVICE, CallHandler.blob(request -> request));
    RxrpcAddress to = new RxrpcAddress(server.localAddress(), SERVICE);
    List<Thread> callers = new ArrayList<>();
    for (int t = running.get(); t > 0; t--) {
      callers.add(
          Thread.startVirtualThread(
              () -> {
                try (RxrpcEndpoint other = RxrpcEndpoint.open(LOOPBACK)) {
                  for (int i = 0; i < 60; i++) {
                    client.call(to, new byte[3000]);
                    var _ = other.callAsync(to, new byte[10]);
                  }
                } catch (Exception e) {
                  throw new AssertionError(e);
                } finally {
                  running.decrementAndGet();
                }
              }));
    }
    int listings = 0;
    while (running.get() > 0 || listings < 100) {
      check(client.listing());
      check(server.listing());
      listings++;
    }
    for (Thread t : callers) {
      t.join();
    }
    client.close();
    server.close();
    assertThat(server.listing()).isEqualTo(client.listing());
    assertThat(server.listing().calls()).isEmpty();
    assertThat(server.listing().peers()).isEmpty();
  }

  /** What one list says, the others say too. */
  private static void check(EndpointListing listing) {
    int connected = 0;
    for (EndpointListing.ConnectionEntry c : listing.connections()) {
      connected += c.calls();
      assertThat(listing.peers()).anyMatch(p -> p.address().equals(c.peer()));
      assertThat(
              listing.calls().stream()
                  .filter(
                      l ->
                          (l.cid() & ~3) == c.cid()
                              && l.epoch() == c.epoch()
                              && l.peer().equals(c.peer())))
          .hasSize(c.calls());
    }
    assertThat(listing.calls().stream().filter(c -> c.cid() != 0)).hasSize(connected);
    assertThat(listing.peers().stream().mapToInt(EndpointListing.PeerEntry::connections).sum())
        .isEqualTo(listing.connections().size());
  }
}
