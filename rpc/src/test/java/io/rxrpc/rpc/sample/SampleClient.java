// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc.sample;

import static io.rxrpc.rpc.sample.SampleConstants.SAMPLE_NAMELEN;

import io.rxrpc.CallOptions;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.rpc.MultiCall;
import io.rxrpc.rpc.Parameters;
import io.rxrpc.rpc.RpcClient;
import io.rxrpc.rpc.RpcException;
import io.rxrpc.rpc.SplitCall;
import java.util.Collection;
import java.util.List;

/** Calls {@code SAMPLE_}, and waits. Immutable and safe for all threads. */
public final class SampleClient {
  private final RpcClient rpc;

  /** Calls a server with the default options. */
  public SampleClient(RxrpcEndpoint endpoint, RxrpcAddress server) {
    this(RpcClient.of(endpoint, server));
  }

  /** Calls as this does. */
  public SampleClient(RpcClient rpc) {
    this.rpc = rpc;
  }

  /** The same with other options. */
  public SampleClient with(CallOptions options) {
    return new SampleClient(rpc.with(options));
  }

  /** The same without waiting. */
  public SampleAsyncClient async() {
    return new SampleAsyncClient(rpc);
  }

  /** What it calls through: error tables, limits, other servers. */
  public RpcClient rpc() {
    return rpc;
  }

  /** {@code SAMPLE_Add} (501). */
  public int add(int a, int b) throws RpcException {
    return rpc.call(
        Sample.ADD,
        out -> {
          out.int32(a);
          out.int32(b);
        },
        in -> in.int32("sum"));
  }

  public Sample.DivideResult divide(int dividend, int divisor) throws RpcException {
    return rpc.call(
        Sample.DIVIDE,
        out -> {
          out.int32(dividend);
          out.int32(divisor);
        },
        Sample.DivideResult::decode);
  }

  public SampleEntry locate(String name) throws RpcException {
    return rpc.call(
        Sample.LOCATE,
        out -> out.string("name", SAMPLE_NAMELEN, name),
        in -> in.struct("entry", SampleEntry::decode));
  }

  public int getTime() throws RpcException {
    return rpc.call(Sample.GET_TIME, Parameters.NONE, in -> in.int32("seconds"));
  }

  /** {@code multi}: many servers at once. */
  public MultiCall<Integer> getTimeAll(Collection<RxrpcAddress> servers) {
    return rpc.callAll(servers, Sample.GET_TIME, Parameters.NONE, in -> in.int32("seconds"));
  }

  /** {@code split}: data of any length between parameters and results. */
  public SplitCall<Long> store(long length) throws RpcException {
    return rpc.begin(Sample.STORE, out -> out.int64(length), in -> in.int64("stored"));
  }

  public void ping() throws RpcException {
    rpc.call(Sample.PING, Parameters.NONE);
  }

  /** {@code SAMPLE_Fetch} (507): as much data as was asked for, then how much it was. */
  public SplitCall<Long> fetch(long length) throws RpcException {
    return rpc.begin(Sample.FETCH, out -> out.int64(length), in -> in.int64("fetched"));
  }

  /** {@code SAMPLE_List} (508). */
  public List<SampleNode> list(int count) throws RpcException {
    return rpc.call(
        Sample.LIST, out -> out.int32(count), in -> in.chain("list", SampleNode::decode));
  }

  /** {@code SAMPLE_Judge} (509): what went in comes back. */
  public SampleOutcome judge(SampleOutcome outcome) throws RpcException {
    return rpc.call(
        Sample.JUDGE,
        out -> out.struct("outcome", outcome, SampleOutcome::encode),
        in -> in.struct("outcome", SampleOutcome::decode));
  }
}
