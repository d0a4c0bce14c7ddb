// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.ubik;

import io.rxrpc.AbortCode;
import io.rxrpc.CallOptions;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.afs.error.AfsErrors;
import io.rxrpc.rpc.RpcAbortException;
import io.rxrpc.rpc.RpcClient;
import io.rxrpc.rpc.RpcException;
import java.util.ArrayList;
import java.util.List;

/**
 * A server of a replicated database, as udebug sees it: the location service's, the protection
 * service's and others, each at its own port, all with service 50. Anybody may ask. Immutable and
 * safe for all threads. Methods fail with a {@link RpcException}.
 */
public final class DatabaseServer {
  private static final int PAST_THE_END = 2;

  private final VoteClient client;

  /**
   * A server, at the port of its database.
   *
   * @param endpoint makes the calls
   * @param server the server
   */
  public DatabaseServer(RxrpcEndpoint endpoint, RxrpcAddress server) {
    this(new VoteClient(RpcClient.of(endpoint, server).errors(AfsErrors.TABLES)));
  }

  /**
   * The server that a client calls.
   *
   * @param client the typed client to stand on
   */
  public DatabaseServer(VoteClient client) {
    this.client = client;
  }

  /**
   * {@return the same with other options of calls}
   *
   * @param options security, time limit and the like
   */
  public DatabaseServer with(CallOptions options) {
    return new DatabaseServer(client.with(options));
  }

  /** {@return the procedures as the service has them} */
  public VoteClient client() {
    return client;
  }

  /**
   * {@return how it is}
   *
   * @throws RpcException if the call fails
   */
  public DatabaseState state() throws RpcException {
    try {
      Vote.XDebugResult result = client.xDebug();
      return DatabaseState.of(result.db(), result.isClone() != 0);
    } catch (RpcAbortException e) {
      if (e.code() != AbortCode.OPCODE.value()) {
        throw e;
      }
      return DatabaseState.of(client.debug(), false); // an old server
    }
  }

  /**
   * {@return what it knows of the others}
   *
   * @throws RpcException if the call fails
   */
  public List<OtherServer> others() throws RpcException {
    List<OtherServer> others = new ArrayList<>();
    while (true) {
      try {
        others.add(other(others.size()));
      } catch (RpcAbortException e) {
        if (e.code() == PAST_THE_END) {
          return others;
        }
        throw e;
      }
    }
  }

  private OtherServer other(int which) throws RpcException {
    try {
      Vote.XSDebugResult result = client.xsDebug(which);
      return OtherServer.of(result.db(), result.isClone() != 0);
    } catch (RpcAbortException e) {
      if (e.code() != AbortCode.OPCODE.value()) {
        throw e;
      }
      return OtherServer.of(client.sDebug(which), false);
    }
  }
}
