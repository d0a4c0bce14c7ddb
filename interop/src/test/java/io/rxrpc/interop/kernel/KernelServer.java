// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.kernel;

import java.io.IOException;
import java.net.InetSocketAddress;

/** The echo servers in a guest, by the program rxecho. */
final class KernelServer implements AutoCloseable {
  private static final int PORT = 7100;
  private static final int PORT6 = 7106;
  private static final int REFUSING = 7102;

  private final Guest guest;
  private final Guest.Program echo6;
  private final Guest.Program refusing;
  private Guest.Program echo;

  KernelServer(Guest guest) throws IOException {
    this.guest = guest;
    echo = startEcho();
    echo6 = guest.spawn(command("-a " + guest.address6().getHostAddress(), PORT6, Served.ECHO));
    refusing = guest.spawn(command("-A " + Served.REFUSAL, REFUSING, Served.REFUSES));
  }

  private Guest.Program startEcho() throws IOException {
    return guest.spawn(command("", PORT, Served.ECHO));
  }

  private static String command(String options, int port, int service) {
    return "rxecho " + options + " -p " + port + " -s " + service + " -K " + LabKeys.HEX;
  }

  Served served() {
    return new Served(
        new InetSocketAddress(guest.address(), PORT),
        new InetSocketAddress(guest.address6(), PORT6),
        new InetSocketAddress(guest.address(), REFUSING));
  }

  /** Ends it as if it had crashed. */
  void stop() {
    echo.close();
  }

  void start() throws IOException {
    echo = startEcho();
  }

  @Override
  public void close() {
    echo.close();
    echo6.close();
    refusing.close();
  }
}
