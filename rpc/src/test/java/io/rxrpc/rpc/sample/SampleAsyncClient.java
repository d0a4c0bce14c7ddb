// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc.sample;

import static io.rxrpc.rpc.sample.SampleConstants.SAMPLE_NAMELEN;

import io.rxrpc.rpc.Parameters;
import io.rxrpc.rpc.RpcClient;
import java.util.concurrent.CompletableFuture;

/** Calls {@code SAMPLE_} without waiting. Immutable and safe for all threads. */
public final class SampleAsyncClient {
  private final RpcClient rpc;

  SampleAsyncClient(RpcClient rpc) {
    this.rpc = rpc;
  }

  /** {@code SAMPLE_Add} (501). */
  public CompletableFuture<Integer> add(int a, int b) {
    return rpc.callAsync(
        Sample.ADD,
        out -> {
          out.int32(a);
          out.int32(b);
        },
        in -> in.int32("sum"));
  }

  /** {@code SAMPLE_Locate} (503). */
  public CompletableFuture<SampleEntry> locate(String name) {
    return rpc.callAsync(
        Sample.LOCATE,
        out -> out.string("name", SAMPLE_NAMELEN, name),
        in -> in.struct("entry", SampleEntry::decode));
  }

  /** {@code SAMPLE_Ping} (506). */
  public CompletableFuture<Void> ping() {
    return rpc.callAsync(Sample.PING, Parameters.NONE);
  }
}
