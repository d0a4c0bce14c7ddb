// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.examples;

import io.rxrpc.CallHandler;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.ServiceOptions;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.tokens.keyfile.ServerKeyFile;
import io.rxrpc.tokens.krb5.Kerberos;
import io.rxrpc.tokens.rxgk.NegotiationService;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A server that has nothing but a keytab and demands rxgk: it gives tokens to whoever has a
 * Kerberos ticket for it, and greets whoever comes with one by name. Everything is encrypted.
 *
 * <p>A client gets its token by {@code rxrpc klog --rxgk --server HOST:PORT}.
 */
public final class KeytabServer implements AutoCloseable {
  /** The service it offers. */
  public static final int SERVICE = 102;

  private final ServerKeyFile keys;
  private final RxrpcEndpoint server;

  private KeytabServer(ServerKeyFile keys, RxrpcEndpoint server) {
    this.keys = keys;
    this.server = server;
  }

  /**
   * Opens the server.
   *
   * @param local where to listen; port 0 lets the system choose
   * @param keytab with the key of {@code afs-rxgk/_afs.CELL}; read again when it changes
   */
  public static KeytabServer open(InetSocketAddress local, Path keytab) throws IOException {
    ServerKeyFile keys = ServerKeyFile.open(keytab);
    RxrpcEndpoint server = RxrpcEndpoint.open(local);
    new NegotiationService(Kerberos.automatic(), keytab.toString(), keys::issuer).serveOn(server);
    ServiceOptions rxgk = ServiceOptions.rxgk(keys.rxgk()).minimumLevel(SecurityLevel.ENCRYPT);
    CallHandler greet =
        call -> {
          PeerIdentity client = call.identity();
          String name = client == null ? "nobody" : client.principal();
          call.endReply(("hello, " + name).getBytes(StandardCharsets.UTF_8));
        };
    server.serve(SERVICE, rxgk, greet);
    return new KeytabServer(keys, server);
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.localAddress();
  }

  /** Ends it, and clears its keys. */
  @Override
  public void close() {
    server.close();
    keys.close();
  }
}
