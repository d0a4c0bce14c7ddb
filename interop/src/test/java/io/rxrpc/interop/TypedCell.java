// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import io.rxrpc.CallOptions;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.afs.BuiltInService;
import io.rxrpc.afs.cb.ClientCallbacks;
import io.rxrpc.afs.error.AfsErrors;
import io.rxrpc.afs.form.Inet4;
import io.rxrpc.interop.peers.Cell;
import io.rxrpc.rpc.RpcClient;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.tokens.keyfile.LocalAuth;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** Typed clients of a cell's servers, as its super-user or as anybody, with a callback service. */
final class TypedCell implements AutoCloseable {
  private final Cell cell;
  private final RxrpcEndpoint endpoint;
  private final CallOptions options;
  private final ClientCallbacks callbacks;

  TypedCell(Cell cell, SecurityLevel level) throws IOException {
    this.cell = cell;
    endpoint = Rpc.open();
    callbacks = ClientCallbacks.on(endpoint);
    options =
        CallOptions.DEFAULT
            .timeout(Duration.ofSeconds(60))
            .token(LocalAuth.token(cell.keys(), Instant.now()), level);
  }

  /** As anybody. */
  TypedCell(Cell cell) throws IOException {
    this.cell = cell;
    endpoint = Rpc.open();
    callbacks = ClientCallbacks.on(endpoint);
    options = CallOptions.DEFAULT.timeout(Duration.ofSeconds(60));
  }

  RpcClient at(BuiltInService service) {
    return at(service, service.service().port());
  }

  /** A service that any server has, at the port of that one. */
  RpcClient at(BuiltInService service, int port) {
    return RpcClient.of(endpoint, Rpc.service(cell.server(port), service.service().id()))
        .with(options)
        .errors(AfsErrors.TABLES);
  }

  /** As a user of the cell, which the protection database knows. */
  RpcClient at(BuiltInService service, String user, SecurityLevel level) throws IOException {
    return at(service)
        .with(options.token(LocalAuth.token(cell.keys(), user, "", Instant.now()), level));
  }

  RxrpcEndpoint endpoint() {
    return endpoint;
  }

  ClientCallbacks callbacks() {
    return callbacks;
  }

  String host() {
    return cell.address().getHostAddress();
  }

  int ipv4() {
    return Inet4.number(cell.address());
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
