/** Server keys from files, tokens from Kerberos, and where tokens are kept. */
module io.rxrpc.tokens {
  requires transitive io.rxrpc;
  requires static org.jspecify;

  exports io.rxrpc.tokens.keyfile;
}
