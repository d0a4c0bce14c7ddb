package io.rxrpc.socket;

import io.rxrpc.security.ClientSecurity;
import io.rxrpc.security.NullSecurity;
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
  private @Nullable String key;
  private @Nullable String keyring;
  private int level;
  private boolean exclusive;
  private boolean keepalive;
  private volatile Duration receiveTimeout = Duration.ZERO;
  private volatile Duration sendTimeout = Duration.ZERO;

  void keys(KeyResolver resolver) {
    keys = resolver;
  }

  void key(String description) throws SocketErrorException {
    KeyResolver k = keys;
    checkName(key, description);
    if (k == null || !k.hasKey(description)) {
      throw new SocketErrorException(Errno.ENOKEY, "no key \"" + description + "\"");
    }
    key = description;
  }

  void keyring(String description) throws SocketErrorException {
    KeyResolver k = keys;
    checkName(keyring, description);
    if (k == null || !k.hasKeyring(description)) {
      throw new SocketErrorException(Errno.ENOKEY, "no keyring \"" + description + "\"");
    }
    keyring = description;
  }

  private static void checkName(@Nullable String before, String description)
      throws SocketErrorException {
    if (before != null) {
      throw new SocketErrorException(Errno.EINVAL, "it was set before: \"" + before + "\"");
    }
    if (description.isEmpty()) {
      throw new SocketErrorException(Errno.EINVAL, "an empty description");
    }
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
    KeyResolver k = keys;
    String name = key;
    if (name != null && k != null) {
      return k.clientSecurity(name, level);
    }
    if (level > 0) {
      throw new SocketErrorException(Errno.ENOKEY, "security level " + level + " needs a key");
    }
    return NullSecurity.INSTANCE;
  }

  /** What a service offers. */
  List<ServerSecurity> serverSecurity(int serviceId) throws SocketErrorException {
    KeyResolver k = keys;
    String name = keyring;
    return name != null && k != null
        ? k.serverSecurity(name, serviceId, level)
        : List.of(NullSecurity.INSTANCE);
  }

  void exclusive(boolean each) {
    exclusive = each;
  }

  boolean exclusive() {
    return exclusive;
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
