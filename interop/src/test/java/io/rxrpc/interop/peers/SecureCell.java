// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.peers;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A cell {@code test.example} whose servers check who calls, and the KDC of its realm {@code
 * TEST.EXAMPLE} with the users {@code user} (password {@code userpw}) and {@code admin} (password
 * {@code adminpw}), who is an administrator of the cell.
 */
public final class SecureCell implements AutoCloseable {
  /** Its name. */
  public static final String NAME = "test.example";

  /** The realm of its users and servers. */
  public static final String REALM = "TEST.EXAMPLE";

  private final Cell cell;

  SecureCell(Cell cell) {
    this.cell = cell;
  }

  /** The address that all servers are bound to. */
  public InetAddress address() {
    return cell.address();
  }

  /** A server's transport address. */
  public InetSocketAddress server(int port) {
    return cell.server(port);
  }

  /** The folder with the servers' KeyFile (DES, kvno 3) and KeyFileExt (AES). */
  public Path keys() {
    return cell.directory().resolve("etc/server");
  }

  /** The servers' DES key, kvno 3. */
  public Path keyFile() {
    return keys().resolve("KeyFile");
  }

  /** The servers' AES key. */
  public Path keyFileExt() {
    return keys().resolve("KeyFileExt");
  }

  /** The same AES key as a keytab of {@code afs/test.example@TEST.EXAMPLE}. */
  public Path keytab() {
    return cell.directory().resolve("krb5/afs.keytab");
  }

  /** The krb5.conf that names the KDC. */
  public Path krb5Conf() {
    return cell.directory().resolve("krb5/krb5.conf");
  }

  /** The keytab of {@code user} or {@code admin}. */
  public Path keytab(String user) {
    return cell.directory().resolve("krb5/" + user + ".keytab");
  }

  /** Runs vos or pts with the servers' keys; {@code -localauth} is among the arguments. */
  public Programs.Result run(String program, String... arguments) {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-config", keys().toString()));
    if (program.equals("vos")) {
      command.add("-noresolve");
    }
    return Programs.run(Duration.ofMinutes(1), command);
  }

  @Override
  public void close() throws java.io.IOException {
    cell.close();
  }
}
