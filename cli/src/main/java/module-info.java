// SPDX-License-Identifier: Apache-2.0
import io.rxrpc.cli.spi.ServiceDescriptions;
import io.rxrpc.cli.spi.Verbs;

/** The {@code rxrpc} command: its frame, and the verbs that need no module of their own. */
module io.rxrpc.cli {
  requires com.google.gson;
  requires transitive info.picocli;
  requires transitive io.rxrpc;
  requires transitive io.rxrpc.afs;
  requires io.rxrpc.examples;
  requires transitive io.rxrpc.rpc;
  requires transitive io.rxrpc.rxgen;
  requires transitive io.rxrpc.tokens;
  requires static org.jspecify;

  exports io.rxrpc.cli.frame;
  exports io.rxrpc.cli.option;
  exports io.rxrpc.cli.serving;
  exports io.rxrpc.cli.spi;
  exports io.rxrpc.cli.text;
  exports io.rxrpc.cli.typed;

  opens io.rxrpc.cli to
      info.picocli;
  opens io.rxrpc.cli.call to
      info.picocli;
  opens io.rxrpc.cli.debug to
      info.picocli;
  opens io.rxrpc.cli.example to
      info.picocli;
  opens io.rxrpc.cli.frame to
      info.picocli;
  opens io.rxrpc.cli.key to
      info.picocli;
  opens io.rxrpc.cli.option to
      info.picocli;
  opens io.rxrpc.cli.serve to
      info.picocli;
  opens io.rxrpc.cli.serving to
      info.picocli;
  opens io.rxrpc.cli.text to
      info.picocli;
  opens io.rxrpc.cli.token to
      info.picocli;
  opens io.rxrpc.cli.tunables to
      info.picocli;

  uses ServiceDescriptions;
  uses Verbs;

  provides Verbs with
      io.rxrpc.cli.HelpVerbs,
      io.rxrpc.cli.call.CallVerbs,
      io.rxrpc.cli.debug.DebugVerbs,
      io.rxrpc.cli.example.ExampleVerbs,
      io.rxrpc.cli.key.KeyVerbs,
      io.rxrpc.cli.serve.ServeVerbs,
      io.rxrpc.cli.token.TokenVerbs,
      io.rxrpc.cli.tunables.TunablesVerbs;
}
