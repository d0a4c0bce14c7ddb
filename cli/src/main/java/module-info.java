/** The {@code rxrpc} command. */
module io.rxrpc.cli {
  requires HdrHistogram;
  requires com.google.gson;
  requires info.picocli;
  requires io.rxrpc;
  requires io.rxrpc.afs;
  requires io.rxrpc.examples;
  requires io.rxrpc.rpc;
  requires io.rxrpc.rxgen;
  requires io.rxrpc.tokens;
  requires java.logging;
  requires static org.jspecify;
  requires jdk.management;

  opens io.rxrpc.cli to
      info.picocli;
}
