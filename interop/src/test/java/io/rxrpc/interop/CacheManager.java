// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.afs.WellKnownService;
import io.rxrpc.afs.cb.ClientCallbacks;
import io.rxrpc.afs.cb.PromiseListener;
import io.rxrpc.afs.cb.Rxafscb;
import io.rxrpc.afs.error.AfsErrors;
import io.rxrpc.afs.fs.AFSFid;
import io.rxrpc.afs.fs.AFSStoreStatus;
import io.rxrpc.afs.fs.FileServer;
import io.rxrpc.afs.fs.RxafsClient;
import io.rxrpc.interop.peers.Cell;
import io.rxrpc.rpc.Caller;
import io.rxrpc.rpc.RpcClient;
import io.rxrpc.udp.PortKind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client of file servers: it has a callback service on the port that it calls from. */
final class CacheManager implements AutoCloseable {
  private final RxrpcEndpoint endpoint;
  private final FileServer server;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final BlockingQueue<AFSFid> broken = new LinkedBlockingQueue<>();

  CacheManager(Cell cell, PortKind kind) throws IOException {
    this(Rpc.open(kind), cell.server(WellKnownService.FS.port()));
  }

  /** With an endpoint that it owns from now on. */
  CacheManager(RxrpcEndpoint endpoint, InetSocketAddress fileServer) throws IOException {
    this.endpoint = endpoint;
    server = new FileServer(endpoint, Rpc.service(fileServer, WellKnownService.FS.id()));
    new Callbacks().serve(endpoint);
  }

  /** Notes what the server asks. */
  private final class Callbacks extends ClientCallbacks {
    Callbacks() {
      super(
          new PromiseListener() {
            @Override
            public void broken(InetSocketAddress from, List<AFSFid> fids) {
              broken.addAll(fids);
            }

            @Override
            public void forgotten(InetSocketAddress from, @Nullable UUID uuid) {
              asked.add("InitCallBackState3");
            }
          });
    }

    @Override
    public Rxafscb.TellMeAboutYourselfResult tellMeAboutYourself(Caller caller) {
      asked.add("TellMeAboutYourself");
      return super.tellMeAboutYourself(caller);
    }
  }

  /** The file server, as a front has it. */
  FileServer server() {
    return server;
  }

  /** The file server's procedures. */
  RxafsClient files() {
    return server.client();
  }

  /** A typed client of another service, from the same port. */
  RpcClient at(RxrpcAddress to) {
    return RpcClient.of(endpoint, to).errors(AfsErrors.TABLES);
  }

  /** A new file in a directory. */
  AFSFid create(AFSFid directory, String name) throws IOException {
    return files().createFile(directory, name, new AFSStoreStatus(0, 0, 0, 0, 0, 0)).outFid();
  }

  /** A counter of its endpoint. */
  long counter(String name) {
    return endpoint.counters().get(name);
  }

  /** What the server has asked so far. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  /** The next file that the server said has changed, or null if it is silent for half a minute. */
  @Nullable AFSFid nextBroken() throws InterruptedException {
    return broken.poll(30, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    try (endpoint) {
      server.giveUpPromises();
    }
  }
}
