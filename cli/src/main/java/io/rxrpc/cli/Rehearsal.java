// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;

/**
 * Does what people do with the command, so that the JVM can keep what it has loaded and linked: the
 * training run of its AOT cache (JEP 483). Uses nothing but loopback, and prints nothing.
 */
public final class Rehearsal {
  private Rehearsal() {}

  /**
   * Runs each command once.
   *
   * @throws IOException if this machine has no loopback interface
   */
  public static void main(String[] args) throws IOException {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    for (List<String> command : commands(closedPort())) {
      // How it ends is not the point: most of them are to fail.
      int ignored =
          Rxrpc.run(
              nowhere, nowhere, InputStream.nullInputStream(), command.toArray(String[]::new));
    }
  }

  static List<List<String>> commands(int closed) {
    String refused = "127.0.0.1:" + closed;
    return List.of(
        List.of("--version"),
        List.of("--help"),
        List.of("call", refused + "/52", "--hex", "00"),
        List.of("call", refused + "/vl", "GetEntryByNameU", "name=root.cell"),
        List.of("call", refused + "/52", "--hex", "0"),
        List.of("debug", refused, "version", "--timeout", "100ms"),
        List.of("tunables"),
        List.of("demo", "--quiet"));
  }

  private static int closedPort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
