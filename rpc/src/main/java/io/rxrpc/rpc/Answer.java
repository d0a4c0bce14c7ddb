// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc;

import io.rxrpc.RxrpcAddress;
import org.jspecify.annotations.Nullable;

/**
 * What one of many servers answered.
 *
 * @param <R> the results
 */
public sealed interface Answer<R extends @Nullable Object> {
  /** Which server. */
  RxrpcAddress server();

  /**
   * The results.
   *
   * @throws RpcException when it failed; the one of {@link Failure}
   */
  R get() throws RpcException;

  /** It did it. */
  record Success<R extends @Nullable Object>(RxrpcAddress server, R get) implements Answer<R> {}

  /** It did not, or was not reached. */
  record Failure<R extends @Nullable Object>(RxrpcAddress server, RpcException failure)
      implements Answer<R> {
    @Override
    public R get() throws RpcException {
      throw failure;
    }
  }
}
