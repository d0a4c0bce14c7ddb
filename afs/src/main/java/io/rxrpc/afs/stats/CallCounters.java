// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.stats;

import io.rxrpc.CallOptions;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.afs.error.AfsErrors;
import io.rxrpc.rpc.RpcClient;
import io.rxrpc.rpc.RpcException;
import io.rxrpc.xdr.Ints;
import java.util.ArrayList;
import java.util.List;

/**
 * A server's counters of calls by procedure, off until they are turned on. Any server has them, at
 * its own port, as service 409. Anybody may ask; super-users turn them on and off. Immutable and
 * safe for all threads. Methods fail with a {@link RpcException}.
 */
public final class CallCounters {
  private static final int VERSION = 1;

  private final RxstatsClient client;

  /**
   * The counters of a server.
   *
   * @param endpoint makes the calls
   * @param server the server
   */
  public CallCounters(RxrpcEndpoint endpoint, RxrpcAddress server) {
    this(new RxstatsClient(RpcClient.of(endpoint, server).errors(AfsErrors.TABLES)));
  }

  /**
   * The counters that a client calls for.
   *
   * @param client the typed client to stand on
   */
  public CallCounters(RxstatsClient client) {
    this.client = client;
  }

  /**
   * {@return the same with other options of calls: a token for what changes something}
   *
   * @param options security, time limit and the like
   */
  public CallCounters with(CallOptions options) {
    return new CallCounters(client.with(options));
  }

  /** {@return the procedures as the service has them} */
  public RxstatsClient client() {
    return client;
  }

  /**
   * {@return whether calls are counted, of all peers together}
   *
   * @throws RpcException if the call fails
   */
  public boolean areOn() throws RpcException {
    return client.queryProcessRPCStats() != 0;
  }

  /**
   * {@return whether calls are counted for each peer}
   *
   * @throws RpcException if the call fails
   */
  public boolean areOnForPeers() throws RpcException {
    return client.queryPeerRPCStats() != 0;
  }

  /**
   * {@return the counters of all peers together; none while they are off}
   *
   * @throws RpcException if the call fails
   */
  public List<CallRecord> ofAll() throws RpcException {
    Rxstats.RetrieveProcessRPCStatsResult result = client.retrieveProcessRPCStats(VERSION);
    return records(result.stats());
  }

  /**
   * {@return the counters for each peer; none while they are off}
   *
   * @throws RpcException if the call fails
   */
  public List<CallRecord> ofPeers() throws RpcException {
    Rxstats.RetrievePeerRPCStatsResult result = client.retrievePeerRPCStats(VERSION);
    return records(result.stats());
  }

  private static List<CallRecord> records(Ints words) {
    List<CallRecord> records = new ArrayList<>();
    for (int at = 0; at + CallRecord.WORDS <= words.size(); at += CallRecord.WORDS) {
      records.add(CallRecord.of(words, at));
    }
    return records;
  }
}
