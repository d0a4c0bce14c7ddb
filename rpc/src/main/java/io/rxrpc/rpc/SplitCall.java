// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc;

import io.rxrpc.AbortCode;
import io.rxrpc.ClientCall;
import io.rxrpc.RxrpcException;
import io.rxrpc.xdr.XdrDecoder;
import io.rxrpc.xdr.XdrException;
import io.rxrpc.xdr.XdrReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * A split call: its parameters were sent, its results come last, and in between data of any length
 * goes both ways, in constant memory. First what is sent, then what is received: reading ends the
 * request. One thread at a time may write and one may read; {@link #close} may be called by any.
 *
 * <pre>{@code
 * try (SplitCall<Status> call = client.store(file, length)) {
 *   source.transferTo(call.request());
 *   return call.end();
 * }
 * }</pre>
 *
 * @param <R> the results
 */
public final class SplitCall<R extends @Nullable Object> implements AutoCloseable {
  private final RpcClient client;
  private final Procedure procedure;
  private final ClientCall call;
  private final XdrDecoder<R> results;
  private final XdrReader in;
  private final OutputStream request;
  private final InputStream reply;

  SplitCall(
      RpcClient client, Procedure procedure, ClientCall call, byte[] head, XdrDecoder<R> results)
      throws RxrpcException {
    this.client = client;
    this.procedure = procedure;
    this.call = call;
    this.results = results;
    in = XdrReader.of(call.reply(), client.limits());
    request = new SplitStreams.Request(call.request(), this::failure);
    reply = new SplitStreams.Reply(in.stream(), this::failure);
    try {
      call.write(head, 0, head.length);
    } catch (RxrpcException e) {
      call.close();
      throw e;
    }
  }

  /**
   * {@return where the data goes that follows the parameters} Its flush sends what was written, its
   * close ends the request. Throws {@link RpcException}s.
   */
  public OutputStream request() {
    return request;
  }

  /**
   * {@return where the data comes from that precedes the results} How much of it that is only the
   * procedure says: who reads too far reads the results. Its close does nothing. Throws {@link
   * RpcException}s.
   */
  public InputStream reply() {
    return reply;
  }

  /** {@return the call below, for its level, its limit and its signs of life} */
  public ClientCall call() {
    return call;
  }

  /**
   * Ends the request, if that was not done, and waits for the results.
   *
   * @return the results
   * @throws RpcException when the call fails
   */
  public R end() throws RpcException {
    try {
      call.endRequest();
      R result = results.decode(in);
      if (client.trailing() == Trailing.REFUSE) {
        in.end("");
      }
      reply.skip(client.limits().total()); // what follows is for nobody
      return result;
    } catch (XdrException e) {
      call.abort(GeneratedCodes.CLIENT_DECODE);
      throw client.codec(procedure, GeneratedCodes.CLIENT_DECODE, e);
    } catch (RxrpcException e) {
      throw failure(e);
    } catch (RpcException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      call.close();
    }
  }

  /**
   * Ends the call: the server is told the code. Does nothing when the call is over.
   *
   * @param code what the peer is told
   */
  public void abort(AbortCode code) {
    call.abort(code);
  }

  /** Lets go of the call; one whose results were not read is aborted with RX_USER_ABORT. */
  @Override
  public void close() {
    call.close();
  }

  private RpcException failure(RxrpcException why) {
    return client.failure(procedure, why);
  }
}
