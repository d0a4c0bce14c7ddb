// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rxrpc.udp.Errno;
import io.rxrpc.udp.PortKind;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two real links whose hosts have the same link-local addresses, in a network namespace of one
 * thread. Needs root and ip(8).
 */
class LinkLocalTest {
  private static final int CLONE_NEWNET = 0x4000_0000;
  private static final int SERVICE = 52;

  private interface Work {
    void run() throws Exception;
  }

  /** Sockets belong to the namespace of the thread that makes them. */
  private static void inNamespace(Work work) throws Exception {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                var unshare =
                    Linker.nativeLinker()
                        .downcallHandle(
                            Linker.nativeLinker().defaultLookup().find("unshare").orElseThrow(),
                            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
                if ((int) unshare.invokeExact(CLONE_NEWNET) != 0) {
                  done.complete(false);
                  return;
                }
                work.run();
                done.complete(true);
              } catch (Throwable e) {
                done.completeExceptionally(e);
              }
            });
    boolean allowed = done.get(60, TimeUnit.SECONDS);
    assumeTrue(allowed, "a network namespace needs root");
  }

  private static String ip(String arguments) throws Exception {
    Process p =
        new ProcessBuilder(java.util.List.of(("ip " + arguments).split(" ", -1)))
            .redirectErrorStream(true)
            .start();
    String out = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (p.waitFor() != 0) {
      throw new AssertionError("ip " + arguments + ": " + out);
    }
    return out;
  }

  private static InetSocketAddress at(String address, String link, int port) throws Exception {
    int index = index(ip("-o link show " + link));
    byte[] bytes = InetAddress.ofLiteral(address).getAddress();
    return new InetSocketAddress(Inet6Address.getByAddress(null, bytes, index), port);
  }

  private static int index(String line) {
    return Integer.parseInt(line.substring(0, line.indexOf(':')));
  }

  private static void link(String client, String server) throws Exception {
    ip("link add " + client + " type veth peer name " + server);
    ip("link set " + client + " up");
    ip("link set " + server + " up");
    ip("addr add fe80::aa/64 dev " + client + " nodad");
    ip("addr add fe80::1/64 dev " + server + " nodad");
  }

  private static RxrpcEndpoint open(PortKind kind, InetSocketAddress local) throws Exception {
    return RxrpcEndpoint.builder().port(kind).local(local).open();
  }

  private static byte[] name(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @EnumSource(PortKind.class)
  void hostsOfTwoLinksWithTheSameAddressAreTwo(PortKind kind) throws Exception {
    inNamespace(
        () -> {
          link("a0", "a1");
          link("b0", "b1");
          int port;
          try (RxrpcEndpoint a = open(kind, at("fe80::1", "a1", 0))) {
            port = a.localAddress().getPort();
            a.serve(SERVICE, CallHandler.blob(request -> name("a")));
            try (RxrpcEndpoint b = open(kind, at("fe80::1", "b1", port));
                RxrpcEndpoint client = open(kind, new InetSocketAddress("::", 0))) {
              b.serve(SERVICE, CallHandler.blob(request -> name("b")));
              RxrpcAddress toA = new RxrpcAddress(at("fe80::1", "a0", port), SERVICE);
              RxrpcAddress toB = new RxrpcAddress(at("fe80::1", "b0", port), SERVICE);
              assertThat(toA).isNotEqualTo(toB);
              for (int i = 0; i < 3; i++) {
                assertThat(client.call(toA, new byte[5])).isEqualTo(name("a"));
                assertThat(client.call(toB, new byte[5000])).isEqualTo(name("b"));
              }
              assertThat(client.status().peers()).isEqualTo(2);
            }
            if (kind == PortKind.LINUX) {
              // nobody listens there any more; the kernel says so with the link
              try (RxrpcEndpoint client = open(kind, new InetSocketAddress("::", 0))) {
                RxrpcAddress toB = new RxrpcAddress(at("fe80::1", "b0", port), SERVICE);
                assertThatThrownBy(() -> client.call(toB, new byte[5]))
                    .isInstanceOfSatisfying(
                        NetworkErrorException.class,
                        e -> assertThat(e.errno()).isEqualTo(Errno.ECONNREFUSED));
              }
            }
          }
        });
  }

  @ParameterizedTest
  @EnumSource(PortKind.class)
  void aServerAnswersClientsWithTheSameAddressOnTwoLinks(PortKind kind) throws Exception {
    inNamespace(
        () -> {
          link("a0", "a1");
          link("b0", "b1");
          try (RxrpcEndpoint server = open(kind, new InetSocketAddress("::", 0));
              RxrpcEndpoint a = open(kind, at("fe80::aa", "a0", 0));
              RxrpcEndpoint b = open(kind, at("fe80::aa", "b0", a.localAddress().getPort()))) {
            server.serve(SERVICE, CallHandler.blob(request -> request));
            int port = server.localAddress().getPort();
            RxrpcAddress fromA = new RxrpcAddress(at("fe80::1", "a0", port), SERVICE);
            RxrpcAddress fromB = new RxrpcAddress(at("fe80::1", "b0", port), SERVICE);
            for (int i = 0; i < 3; i++) {
              assertThat(a.call(fromA, name("from a"))).isEqualTo(name("from a"));
              assertThat(b.call(fromB, name("from b"))).isEqualTo(name("from b"));
            }
            assertThat(server.status().peers()).isEqualTo(2);
          }
        });
  }
}
