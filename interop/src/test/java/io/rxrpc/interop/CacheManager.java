package io.rxrpc.interop;

import io.rxrpc.AbortCode;
import io.rxrpc.CallAbort;
import io.rxrpc.CallHandler;
import io.rxrpc.ClientCall;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.interop.afs.AfsUuid;
import io.rxrpc.interop.afs.Callback;
import io.rxrpc.interop.afs.FileService;
import io.rxrpc.interop.afs.FileService.Fid;
import io.rxrpc.interop.afs.XdrReader;
import io.rxrpc.interop.peers.Cell;
import io.rxrpc.udp.PortKind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client of file servers: it has a callback service on the port that it calls from. */
final class CacheManager implements AutoCloseable {
  private final RxrpcEndpoint endpoint;
  private final RxrpcAddress server;
  private final Callbacks callbacks;

  /** What the server asked and told. */
  static final class Callbacks {
    final List<Integer> opcodes = new ArrayList<>();
    final BlockingQueue<Fid> broken = new LinkedBlockingQueue<>();
    private final AfsUuid uuid;

    Callbacks(int port) {
      uuid = new AfsUuid(port, 1, 2, 200, 4, 0x7f0000010000L);
    }

    byte[] answer(byte[] request) {
      XdrReader in = new XdrReader(request);
      int opcode = in.int32();
      synchronized (opcodes) {
        opcodes.add(opcode);
      }
      return switch (opcode) {
        case Callback.TELL_ME_ABOUT_YOURSELF -> Callback.aboutMe(uuid, 0x7f000001);
        case Callback.CALLBACK -> {
          broken.addAll(Callback.files(in));
          yield new byte[0];
        }
        case Callback.INIT_CALLBACK_STATE_3, Callback.PROBE, Callback.PROBE_UUID -> new byte[0];
        default -> throw new CallAbort(AbortCode.OPCODE);
      };
    }
  }

  CacheManager(Cell cell, PortKind kind) throws IOException {
    this(Rpc.open(kind), cell.server(FileService.PORT));
  }

  /** With an endpoint that it owns from now on. */
  CacheManager(RxrpcEndpoint endpoint, InetSocketAddress fileServer) throws IOException {
    this.endpoint = endpoint;
    server = Rpc.service(fileServer, FileService.SERVICE);
    callbacks = serve(endpoint);
  }

  /** Makes an endpoint's owner a client that file servers accept. */
  static Callbacks serve(RxrpcEndpoint endpoint) throws IOException {
    Callbacks callbacks = new Callbacks(endpoint.localAddress().getPort());
    endpoint.serve(Callback.SERVICE, CallHandler.blob(callbacks::answer));
    return callbacks;
  }

  byte[] call(byte[] request) throws IOException {
    return endpoint.call(server, request);
  }

  byte[] call(RxrpcAddress to, byte[] request) throws IOException {
    return endpoint.call(to, request);
  }

  ClientCall begin() throws IOException {
    return endpoint.begin(server);
  }

  ClientCall begin(RxrpcAddress to) throws IOException {
    return endpoint.begin(to);
  }

  /** A counter of its endpoint. */
  long counter(String name) {
    return endpoint.counters().get(name);
  }

  /** What the server has asked so far. */
  List<Integer> asked() {
    synchronized (callbacks.opcodes) {
      return List.copyOf(callbacks.opcodes);
    }
  }

  /** The next file that the server said has changed, or null if it is silent for half a minute. */
  @Nullable Fid nextBroken() throws InterruptedException {
    return callbacks.broken.poll(30, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    try (endpoint) {
      call(FileService.giveUpAllCallbacks());
    }
  }
}
