// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.klog;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kerby.kerberos.kerb.KrbException;
import org.apache.kerby.kerberos.kerb.server.KdcConfigKey;
import org.apache.kerby.kerberos.kerb.server.SimpleKdcServer;

/** A KDC in this JVM, for the realm TEST.EXAMPLE, and the krb5.conf that names it. */
final class TestKdc implements AutoCloseable {
  static final String REALM = "TEST.EXAMPLE";
  static final String CELL = "test.example";
  private static final String CONF = "java.security.krb5.conf";

  private final SimpleKdcServer server;
  private final Path directory;

  private TestKdc(SimpleKdcServer server, Path directory) {
    this.server = server;
    this.directory = directory;
  }

  static TestKdc start(Path directory, String encryptionTypes) throws KrbException, IOException {
    SimpleKdcServer server = new SimpleKdcServer();
    server.setKdcRealm(REALM);
    server.setKdcHost("127.0.0.1");
    int port = freePort();
    server.setKdcTcpPort(port);
    server.setAllowUdp(false); // one transport is enough, and the JDK falls back to it
    server.setWorkDir(directory.toFile());
    server.getKdcConfig().setString(KdcConfigKey.ENCRYPTION_TYPES, encryptionTypes);
    server.init();
    server.start();
    TestKdc kdc = new TestKdc(server, directory);
    kdc.conf(port);
    return kdc;
  }

  /** Free for both transports at this moment. */
  private static int freePort() throws IOException {
    try (ServerSocket tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return tcp.getLocalPort();
    }
  }

  private void conf(int port) throws IOException {
    use(
        directory,
        """
        [libdefaults]
         default_realm = TEST.EXAMPLE
         dns_lookup_kdc = false
         udp_preference_limit = 1
         kdc_timeout = 5000
         max_retries = 1
        [realms]
         TEST.EXAMPLE = {
          kdc = 127.0.0.1:%d
         }
        """
            .formatted(port));
  }

  /** Writes a krb5.conf and has this JVM use it. */
  static void use(Path directory, String conf) throws IOException {
    Path file = Files.writeString(directory.resolve("krb5.conf"), conf);
    System.setProperty(CONF, file.toString());
  }

  /** A port of loopback at which nobody listens, and nobody will while this test runs. */
  static DatagramSocket silentPort() throws IOException {
    return new DatagramSocket(0, InetAddress.getLoopbackAddress());
  }

  TestKdc user(String name, String password) throws KrbException {
    server.createPrincipal(name, password);
    return this;
  }

  TestKdc service(String name) throws KrbException {
    server.createPrincipal(name);
    return this;
  }

  Path keytab(String principal) throws KrbException {
    Path file = directory.resolve(principal.replace('/', '-') + ".keytab");
    server.exportPrincipal(principal, file.toFile());
    return file;
  }

  void removePrincipal(String name) throws KrbException {
    server.deletePrincipal(name);
  }

  @Override
  public void close() throws KrbException {
    server.stop();
    System.clearProperty(CONF);
  }
}
