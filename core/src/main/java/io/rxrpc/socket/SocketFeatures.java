// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import io.rxrpc.driver.Hold;
import io.rxrpc.engine.Endpoint;
import io.rxrpc.engine.Offers;
import io.rxrpc.engine.Service;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.udp.Errno;
import java.util.Map;

/** Options that change how the bound socket works. Guarded by the setup lock. */
final class SocketFeatures {
  private final SocketSetup setup;
  private boolean answersDebug;
  private boolean upgradeable;

  SocketFeatures(SocketSetup setup) {
    this.setup = setup;
  }

  /** The socket ends; under the driver's lock. */
  void end(Endpoint engine) {
    if (answersDebug) {
      answersDebug = false;
      engine.allowDebug(-1);
    }
  }

  /** A buffer's size as it was got, or what will be asked for. */
  int buffer(Tunable which) {
    CallTable books = setup.table();
    if (books == null) {
      return setup.tunables().getInt(which);
    }
    return which == Tunable.RECEIVE_BUFFER
        ? books.driver.receiveBufferSize()
        : books.driver.sendBufferSize();
  }

  /** Asks for a buffer of a size; the UDP port must still be to come. */
  void buffer(Tunable which, int bytes) throws SocketErrorException {
    if (setup.state() != SocketSetup.State.UNBOUND) {
      throw new SocketErrorException(Errno.EISCONN, "buffer sizes can be set until bind");
    }
    long size = Math.clamp(bytes, which.min(), which.max());
    setup.tunables(setup.tunables().with(which, size));
  }

  /** The least level of calls made here, and of calls that the services take from now on. */
  void level(int minimum) throws SocketErrorException {
    setup.options.level(minimum);
    CallTable books = setup.table();
    if (books != null) {
      Map<Service, Offers> offers = setup.offers();
      try (Hold _ = books.driver.hold()) {
        offers.forEach(setup.options::secure);
      }
    }
  }

  boolean answersDebug() {
    return answersDebug;
  }

  void answerDebug(boolean on) throws SocketErrorException {
    CallTable books = setup.table();
    if (books == null) {
      throw new SocketErrorException(Errno.EINVAL, "bind it first");
    }
    if (on != answersDebug) {
      answersDebug = on;
      try (Hold _ = books.driver.hold()) {
        books.driver.engine().allowDebug(on ? 1 : -1);
      }
    }
  }

  void keepalive(boolean on) {
    setup.options.keepalive(on);
    CallTable books = setup.table();
    if (books != null) {
      try (Hold _ = books.driver.hold()) {
        books.keepalive(on);
      }
    }
  }

  void upgradeable(ServiceUpgrade u) throws SocketErrorException {
    if (setup.state() != SocketSetup.State.SERVER_BOUND) {
      throw new SocketErrorException(
          Errno.EISCONN, "services are upgraded between bind and listen");
    }
    Service from = setup.services().get(u.from());
    CallTable books = setup.table();
    if (from == null
        || books == null
        || !setup.services().containsKey(u.to())
        || u.from() == u.to()) {
      throw new SocketErrorException(Errno.EINVAL, u + " are not two of the bound services");
    }
    if (upgradeable) {
      throw new SocketErrorException(Errno.EINVAL, "a service is upgradeable already");
    }
    upgradeable = true;
    try (Hold _ = books.driver.hold()) {
      from.upgradeTo(u.to());
    }
  }
}
