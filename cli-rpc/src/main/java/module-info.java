// SPDX-License-Identifier: Apache-2.0
import io.rxrpc.cli.spi.ServiceDescriptions;
import io.rxrpc.cli.spi.Verbs;

/**
 * Verbs of the {@code rxrpc} command for the services of AFS: their procedures, their errors, the
 * state of their databases, and dumps of volumes; and their descriptions, so that {@code call}
 * knows their procedures by name.
 */
module io.rxrpc.cli.rpc {
  requires io.rxrpc.cli;
  requires static org.jspecify;

  opens io.rxrpc.cli.rpc.catalog to
      info.picocli;
  opens io.rxrpc.cli.rpc.dump to
      info.picocli;
  opens io.rxrpc.cli.rpc.error to
      info.picocli;
  opens io.rxrpc.cli.rpc.udebug to
      info.picocli;

  provides ServiceDescriptions with
      io.rxrpc.cli.rpc.builtin.AfsDescriptions;
  provides Verbs with
      io.rxrpc.cli.rpc.catalog.RpcVerbs,
      io.rxrpc.cli.rpc.dump.AfsdumpVerbs,
      io.rxrpc.cli.rpc.error.ErrorVerbs,
      io.rxrpc.cli.rpc.udebug.UdebugVerbs;
}
