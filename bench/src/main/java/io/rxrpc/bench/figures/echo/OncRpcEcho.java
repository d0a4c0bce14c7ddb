// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.figures.echo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.CompletionHandler;
import java.util.function.Consumer;
import org.dcache.oncrpc4j.rpc.OncRpcClient;
import org.dcache.oncrpc4j.rpc.OncRpcProgram;
import org.dcache.oncrpc4j.rpc.OncRpcSvc;
import org.dcache.oncrpc4j.rpc.OncRpcSvcBuilder;
import org.dcache.oncrpc4j.rpc.RpcAuthTypeNone;
import org.dcache.oncrpc4j.rpc.RpcCall;
import org.dcache.oncrpc4j.rpc.RpcReply;
import org.dcache.oncrpc4j.rpc.RpcTransport;
import org.dcache.oncrpc4j.rpc.net.IpProtocolType;
import org.dcache.oncrpc4j.xdr.XdrOpaque;
import org.jspecify.annotations.Nullable;

/** oncrpc4j over TCP as its own page shows it: handlers by the thread that reads the socket. */
final class OncRpcEcho implements EchoPair {
  private static final int PROGRAM = 0x20000147;
  private static final int ECHO = 1;

  private final XdrOpaque request = new XdrOpaque(EchoPair.request());
  private final OncRpcSvc server;
  private final OncRpcClient client;
  private final RpcCall calls;

  OncRpcEcho() throws IOException {
    server =
        new OncRpcSvcBuilder()
            .withTCP()
            .withoutAutoPublish()
            .withSameThreadIoStrategy()
            .withBindAddress("127.0.0.1")
            .withPort(0)
            .withRpcService(
                new OncRpcProgram(PROGRAM, 1),
                call -> {
                  XdrOpaque octets = new XdrOpaque();
                  call.retrieveCall(octets);
                  call.reply(octets);
                })
            .build();
    server.start();
    int port = server.getInetSocketAddress(IpProtocolType.TCP).getPort();
    client =
        new OncRpcClient(
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), IpProtocolType.TCP);
    calls = new RpcCall(PROGRAM, 1, new RpcAuthTypeNone(), client.connect());
  }

  /** By a completion handler: what its futures are told is seen only by whoever waits in them. */
  @Override
  public void call(Consumer<@Nullable Throwable> then) {
    try {
      calls.call(ECHO, request, new Reply(then));
    } catch (IOException e) {
      then.accept(e);
    }
  }

  @Override
  public void callAndWait() throws IOException {
    XdrOpaque reply = new XdrOpaque();
    calls.call(ECHO, request, reply);
    EchoPair.check(reply.getOpaque());
  }

  @Override
  public void close() throws IOException {
    client.close();
    server.stop();
  }

  /** Reads and checks what came. */
  private record Reply(Consumer<@Nullable Throwable> then)
      implements CompletionHandler<RpcReply, RpcTransport> {
    @Override
    public void completed(RpcReply reply, RpcTransport transport) {
      @Nullable Throwable failure = null;
      try {
        XdrOpaque octets = new XdrOpaque();
        reply.getReplyResult(octets);
        EchoPair.check(octets.getOpaque());
      } catch (IOException e) {
        failure = e;
      }
      then.accept(failure);
    }

    @Override
    public void failed(Throwable why, RpcTransport transport) {
      then.accept(why);
    }
  }
}
