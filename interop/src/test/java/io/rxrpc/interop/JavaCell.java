// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import io.rxrpc.CallHandler;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.afs.WellKnownService;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Generated services in the place of a whole cell's servers, all on one loopback address. */
final class JavaCell implements AutoCloseable {
  private static final int ADDRESSES = 20;

  private final String host;
  private final List<RxrpcEndpoint> endpoints;

  private JavaCell(String host, List<RxrpcEndpoint> endpoints) {
    this.host = host;
    this.endpoints = endpoints;
  }

  /** Makes the servers of a cell whose address is known. */
  interface Servers {
    Map<WellKnownService, CallHandler> at(String host);
  }

  /** On 127.4.0.1 or the first address after it where all ports are free. */
  static JavaCell open() throws IOException {
    return open(
        host -> {
          Map<WellKnownService, CallHandler> servers = new EnumMap<>(WellKnownService.class);
          servers.put(WellKnownService.VL, new MemoryVldb().dispatcher());
          servers.put(WellKnownService.PT, new MemoryProtection().dispatcher());
          servers.put(WellKnownService.VOL, new MemoryVolumes().dispatcher());
          servers.put(WellKnownService.BOS, new MemoryOverseer(host).dispatcher());
          return servers;
        });
  }

  private static JavaCell open(Servers servers) throws IOException {
    IOException taken = null;
    for (int i = 0; i < ADDRESSES; i++) {
      String host = "127.4." + i + ".1";
      List<RxrpcEndpoint> endpoints = new ArrayList<>();
      try {
        for (var server : servers.at(host).entrySet()) {
          RxrpcEndpoint endpoint = RxrpcEndpoint.open(Rpc.loopback(host, server.getKey().port()));
          endpoints.add(endpoint);
          endpoint.serve(server.getKey().id(), server.getValue());
        }
        return new JavaCell(host, endpoints);
      } catch (BindException e) {
        endpoints.forEach(RxrpcEndpoint::close);
        taken = e;
      }
    }
    throw new IOException("the ports are taken on all addresses tried", taken);
  }

  String host() {
    return host;
  }

  InetSocketAddress server(WellKnownService service) {
    return Rpc.loopback(host, service.port());
  }

  /** Writes the configuration of a client of this cell. */
  String clientConfiguration(Path directory) throws IOException {
    Files.writeString(directory.resolve("ThisCell"), "test.example\n");
    Files.writeString(
        directory.resolve("CellServDB"), ">test.example\n%s\t#%s\n".formatted(host, host));
    return directory.toString();
  }

  @Override
  public void close() {
    endpoints.forEach(RxrpcEndpoint::close);
  }
}
