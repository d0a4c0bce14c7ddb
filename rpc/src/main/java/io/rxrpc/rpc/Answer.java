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
  /** {@return which server} */
  RxrpcAddress server();

  /**
   * {@return the results}
   *
   * @throws RpcException when it failed; the one of {@link Failure}
   */
  R get() throws RpcException;

  /**
   * It did it.
   *
   * @param <R> what the call returns
   * @param server the server
   * @param get the result
   */
  record Success<R extends @Nullable Object>(RxrpcAddress server, R get) implements Answer<R> {}

  /**
   * It did not, or was not reached.
   *
   * @param <R> what the call returns
   * @param server the server
   * @param failure why there is no result
   */
  record Failure<R extends @Nullable Object>(RxrpcAddress server, RpcException failure)
      implements Answer<R> {
    @Override
    public R get() throws RpcException {
      throw failure;
    }
  }
}
