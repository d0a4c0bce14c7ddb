// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import io.rxrpc.engine.Offers;
import io.rxrpc.engine.Service;
import io.rxrpc.security.ClientSecurity;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.security.SecurityRefusal;
import io.rxrpc.security.ServerSecurity;
import io.rxrpc.udp.Errno;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of a socket's options, and the security that comes of them. Guarded by the setup lock.
 */
final class SocketOptions {
  private @Nullable KeyResolver keys;
  private KeyResolver.@Nullable ClientKey key;
  private KeyResolver.@Nullable ServerKeyring keyring;
  private int level;
  private boolean exclusive;
  private boolean managesResponse;
  private boolean keepalive;
  private volatile Duration receiveTimeout = Duration.ZERO;
  private volatile Duration sendTimeout = Duration.ZERO;

  void keys(KeyResolver resolver) {
    keys = resolver;
  }

  void key(String description) throws SocketErrorException {
    key = resolver(key, description).key(description);
  }

  void keyring(String description) throws SocketErrorException {
    keyring = resolver(keyring, description).keyring(description);
  }

  private KeyResolver resolver(@Nullable Object before, String description)
      throws SocketErrorException {
    if (before != null) {
      throw new SocketErrorException(Errno.EINVAL, "it was set before");
    }
    if (description.isEmpty()) {
      throw new SocketErrorException(Errno.EINVAL, "an empty description");
    }
    KeyResolver k = keys;
    if (k == null) {
      throw new SocketErrorException(Errno.ENOKEY, "the socket was given no keys to look in");
    }
    return k;
  }

  void level(int minimum) throws SocketErrorException {
    if (minimum < RxrpcOption.SECURITY_PLAIN || minimum > RxrpcOption.SECURITY_ENCRYPTED) {
      throw new SocketErrorException(Errno.EINVAL, "security level " + minimum);
    }
    level = minimum;
  }

  /**
   * The security of a call that is made now.
   *
   * @throws SocketErrorException ENOKEY when a level is asked for that nothing can give
   */
  ClientSecurity clientSecurity() throws SocketErrorException {
    KeyResolver.ClientKey k = key;
    if (k != null) {
      return k.security(level);
    }
    if (level > RxrpcOption.SECURITY_PLAIN) {
      throw new SocketErrorException(Errno.ENOKEY, "security level " + level + " needs a key");
    }
    return NullSecurity.INSTANCE;
  }

  /** What the options let a service offer. Not under the driver's lock: keyrings are asked. */
  Offers offers(int serviceId) {
    KeyResolver.ServerKeyring ring = keyring;
    List<ServerSecurity> none = isOpen() ? List.of(NullSecurity.INSTANCE) : List.of();
    return Offers.of(ring == null ? none : ring.securities(serviceId, level));
  }

  /** Lets a service offer that. */
  void secure(Service service, Offers offers) {
    service.offer(offers);
    service.refuseUnsecured(
        isOpen() ? 0 : NullSecurity.INSTANCE.abortCode(SecurityRefusal.LEVEL_TOO_LOW));
  }

  private boolean isOpen() {
    return level == RxrpcOption.SECURITY_PLAIN;
  }

  void exclusive(boolean each) {
    exclusive = each;
  }

  boolean exclusive() {
    return exclusive;
  }

  void managesResponse(boolean on) {
    managesResponse = on;
  }

  boolean managesResponse() {
    return managesResponse;
  }

  void keepalive(boolean on) {
    keepalive = on;
  }

  boolean keepalive() {
    return keepalive;
  }

  void receiveTimeout(Duration d) throws SocketErrorException {
    receiveTimeout = checked(d);
  }

  Duration receiveTimeout() {
    return receiveTimeout;
  }

  void sendTimeout(Duration d) throws SocketErrorException {
    sendTimeout = checked(d);
  }

  Duration sendTimeout() {
    return sendTimeout;
  }

  private static Duration checked(Duration d) throws SocketErrorException {
    if (d.isNegative()) {
      throw new SocketErrorException(Errno.EINVAL, "a negative timeout");
    }
    return d;
  }
}
