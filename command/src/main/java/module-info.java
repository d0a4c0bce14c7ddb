// SPDX-License-Identifier: Apache-2.0
/** The {@code rxrpc} command with all verbs of this project: whoever has it has them. */
module io.rxrpc.command {
  requires io.rxrpc.cli;
  requires io.rxrpc.cli.rpc;
  requires io.rxrpc.load;
}
