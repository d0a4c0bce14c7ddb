// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc;

import io.rxrpc.AbortCode;
import io.rxrpc.CallOptions;
import io.rxrpc.RemoteAbortException;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.RxrpcException;
import io.rxrpc.xdr.XdrDecoder;
import io.rxrpc.xdr.XdrException;
import io.rxrpc.xdr.XdrLimits;
import io.rxrpc.xdr.XdrReader;
import io.rxrpc.xdr.XdrWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Makes typed calls to a server: what a generated client stands on. Immutable and safe for all
 * threads; the methods that change something return another one.
 */
public final class RpcClient {
  private static final XdrDecoder<@Nullable Void> NO_RESULTS = in -> null;

  private final RxrpcEndpoint endpoint;
  private final RxrpcAddress server;
  private final CallOptions options;
  private final ErrorTables errors;
  private final XdrLimits limits;
  private final Trailing trailing;

  private RpcClient(
      RxrpcEndpoint endpoint,
      RxrpcAddress server,
      CallOptions options,
      ErrorTables errors,
      XdrLimits limits,
      Trailing trailing) {
    this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
    this.server = Objects.requireNonNull(server, "server");
    this.options = Objects.requireNonNull(options, "options");
    this.errors = Objects.requireNonNull(errors, "errors");
    this.limits = Objects.requireNonNull(limits, "limits");
    this.trailing = Objects.requireNonNull(trailing, "trailing");
  }

  /**
   * Calls a server with the default options and limits.
   *
   * @param endpoint stays the caller's: nothing here closes it
   * @param server the server
   * @return the client
   */
  public static RpcClient of(RxrpcEndpoint endpoint, RxrpcAddress server) {
    return new RpcClient(
        endpoint, server, CallOptions.DEFAULT, ErrorTables.RX, XdrLimits.DEFAULT, Trailing.IGNORE);
  }

  /**
   * {@return the same at another server}
   *
   * @param other the other
   */
  public RpcClient at(RxrpcAddress other) {
    return new RpcClient(endpoint, other, options, errors, limits, trailing);
  }

  /**
   * With other options of calls: time limit, security, the longest reply.
   *
   * @param other the other
   * @return a copy with other options of calls: time limit, security, the longest reply
   */
  public RpcClient with(CallOptions other) {
    return new RpcClient(endpoint, server, other, errors, limits, trailing);
  }

  /**
   * With other error tables, which give names to the codes of failures.
   *
   * @param other the other
   * @return a copy with other error tables, which give names to the codes of failures
   */
  public RpcClient errors(ErrorTables other) {
    return new RpcClient(endpoint, server, options, other, limits, trailing);
  }

  /**
   * With other limits for what replies may hold.
   *
   * @param other the other
   * @return a copy with other limits for what replies may hold
   */
  public RpcClient limits(XdrLimits other) {
    return new RpcClient(endpoint, server, options, errors, other, trailing);
  }

  /**
   * With another policy for what follows the last parameter of a reply.
   *
   * @param other the other
   * @return a copy with another policy for what follows the last parameter of a reply
   */
  public RpcClient trailing(Trailing other) {
    return new RpcClient(endpoint, server, options, errors, limits, other);
  }

  /** {@return where calls go} */
  public RxrpcAddress server() {
    return server;
  }

  /** {@return the options of calls} */
  public CallOptions options() {
    return options;
  }

  /** {@return the tables that give names to the codes of failures} */
  public ErrorTables errors() {
    return errors;
  }

  /**
   * Calls a procedure and waits for its results.
   *
   * @param <R> what the call returns
   * @param procedure the procedure
   * @param parameters writes the parameters
   * @param results reads them in the order of their declaration
   * @return the results
   * @throws RpcException when it fails; the subclass says how
   */
  public <R extends @Nullable Object> R call(
      Procedure procedure, Parameters parameters, XdrDecoder<R> results) throws RpcException {
    byte[] request = request(procedure, parameters);
    byte[] reply;
    try {
      reply = endpoint.call(server, request, options);
    } catch (RxrpcException e) {
      throw failure(procedure, e);
    }
    return results(procedure, reply, results);
  }

  /**
   * Calls a procedure that has no results.
   *
   * @param procedure the procedure
   * @param parameters writes the parameters
   * @throws RpcException if the call fails
   */
  public void call(Procedure procedure, Parameters parameters) throws RpcException {
    call(procedure, parameters, NO_RESULTS);
  }

  /**
   * Calls a procedure without waiting. No thread is held; the future is completed on the endpoint's
   * handler executor, and fails with a {@link RpcException}. Cancelling it, or completing it
   * otherwise, aborts the call.
   *
   * @param <R> what the call returns
   * @param procedure the procedure
   * @param parameters writes the parameters
   * @param results reads the results
   * @return completes with the results
   */
  public <R extends @Nullable Object> CompletableFuture<R> callAsync(
      Procedure procedure, Parameters parameters, XdrDecoder<R> results) {
    byte[] request;
    try {
      request = request(procedure, parameters);
    } catch (RpcException e) {
      return CompletableFuture.failedFuture(e);
    }
    CompletableFuture<byte[]> exchange = endpoint.callAsync(server, request, options);
    CompletableFuture<R> result = exchange.newIncompleteFuture(); // it waits by the same time
    var _ =
        result.whenComplete((done, why) -> exchange.cancel(false)); // does nothing when it is done
    var _ =
        exchange.whenComplete(
            (reply, why) -> {
              if (why != null) {
                result.completeExceptionally(
                    why instanceof RxrpcException e ? failure(procedure, e) : why);
                return;
              }
              try {
                result.complete(results(procedure, reply, results));
              } catch (RpcException | RuntimeException e) {
                result.completeExceptionally(e);
              }
            });
    return result;
  }

  /**
   * {@return the same for a procedure that has no results}
   *
   * @param procedure the procedure
   * @param parameters writes the parameters
   */
  public CompletableFuture<@Nullable Void> callAsync(Procedure procedure, Parameters parameters) {
    return callAsync(procedure, parameters, NO_RESULTS);
  }

  /**
   * Begins a split call: sends the parameters; data can be streamed both ways until its results are
   * read.
   *
   * @param <R> what the call returns
   * @param procedure the procedure
   * @param parameters writes the parameters
   * @param results reads the results
   * @return to be closed by the caller
   * @throws RpcException if the call fails
   */
  public <R extends @Nullable Object> SplitCall<R> begin(
      Procedure procedure, Parameters parameters, XdrDecoder<R> results) throws RpcException {
    byte[] head = request(procedure, parameters); // before there is a call that could fail
    try {
      return new SplitCall<>(this, procedure, endpoint.begin(server, options), head, results);
    } catch (RxrpcException e) {
      throw failure(procedure, e);
    }
  }

  /**
   * {@return the same for a procedure that has no results}
   *
   * @param procedure the procedure
   * @param parameters writes the parameters
   * @throws RpcException if the call fails
   */
  public SplitCall<@Nullable Void> begin(Procedure procedure, Parameters parameters)
      throws RpcException {
    return begin(procedure, parameters, NO_RESULTS);
  }

  /**
   * Calls a procedure of many servers at once. This client's own server counts only if it is among
   * them.
   *
   * @param <R> what the call returns
   * @param servers the servers
   * @param procedure the procedure
   * @param parameters writes the parameters
   * @param results reads the results
   * @return the answers as they come, to be closed by the caller
   */
  public <R extends @Nullable Object> MultiCall<R> callAll(
      Collection<RxrpcAddress> servers,
      Procedure procedure,
      Parameters parameters,
      XdrDecoder<R> results) {
    return MultiCall.begin(
        procedure, servers, to -> at(to).callAsync(procedure, parameters, results));
  }

  /**
   * {@return the same for a procedure that has no results}
   *
   * @param servers the servers
   * @param procedure the procedure
   * @param parameters writes the parameters
   */
  public MultiCall<@Nullable Void> callAll(
      Collection<RxrpcAddress> servers, Procedure procedure, Parameters parameters) {
    return callAll(servers, procedure, parameters, NO_RESULTS);
  }

  private byte[] request(Procedure procedure, Parameters parameters) throws RpcException {
    XdrWriter out = new XdrWriter();
    try {
      out.int32(procedure.opcode());
      parameters.encode(out);
    } catch (XdrException e) {
      throw codec(procedure, GeneratedCodes.CLIENT_ENCODE, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return out.toByteArray();
  }

  private <R extends @Nullable Object> R results(
      Procedure procedure, byte[] reply, XdrDecoder<R> results) throws RpcException {
    try {
      XdrReader in = XdrReader.of(reply, limits);
      R result = results.decode(in);
      if (trailing == Trailing.REFUSE) {
        in.end("");
      }
      return result;
    } catch (XdrException e) {
      throw codec(procedure, GeneratedCodes.CLIENT_DECODE, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
  }

  RpcException codec(Procedure procedure, AbortCode code, XdrException why) {
    return new RpcCodecException(procedure, server, code, why.within(procedure.name()));
  }

  RpcException failure(Procedure procedure, RxrpcException why) {
    return why instanceof RemoteAbortException abort
        ? new RpcAbortException(procedure, server, errors.describe(abort.code().value()), abort)
        : new RpcTransportException(procedure, server, why);
  }

  XdrLimits limits() {
    return limits;
  }

  Trailing trailing() {
    return trailing;
  }
}
