// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.udp.Errno;
import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which options there are, and when each may be set. */
final class OptionTable {
  /** CHARGE_ACCEPT, as in Linux 6.12; what comes after it is for MANAGE_RESPONSE. */
  private static final int HIGHEST_CONTROL_MESSAGE = 14;

  private final SocketSetup setup;
  private final Map<SocketOption<?>, Entry> entries = new LinkedHashMap<>();

  OptionTable(SocketSetup setup) {
    this.setup = setup;
    SocketOptions o = setup.options;
    SocketFeatures f = setup.features;
    add(RxrpcOption.SECURITY_KEY, beforeUse(o::key), null);
    add(RxrpcOption.SECURITY_KEYRING, beforeListen(o::keyring), null);
    add(RxrpcOption.EXCLUSIVE_CONNECTION, o::exclusive, null);
    add(RxrpcOption.MIN_SECURITY_LEVEL, beforeUse(f::level), null);
    add(RxrpcOption.MANAGE_RESPONSE, beforeUse(o::managesResponse), null);
    add(RxrpcOption.UPGRADEABLE_SERVICE, f::upgradeable, null);
    add(RxrpcOption.ANSWER_DEBUG, f::answerDebug, f::answersDebug);
    add(RxrpcOption.SUPPORTED_CMSG, null, () -> HIGHEST_CONTROL_MESSAGE);
    add(RxrpcOption.RECEIVE_TIMEOUT, o::receiveTimeout, o::receiveTimeout);
    add(RxrpcOption.SEND_TIMEOUT, o::sendTimeout, o::sendTimeout);
    add(StandardSocketOptions.SO_KEEPALIVE, f::keepalive, o::keepalive);
    add(
        StandardSocketOptions.SO_RCVBUF,
        size -> f.buffer(Tunable.RECEIVE_BUFFER, size),
        () -> f.buffer(Tunable.RECEIVE_BUFFER));
    add(
        StandardSocketOptions.SO_SNDBUF,
        size -> f.buffer(Tunable.SEND_BUFFER, size),
        () -> f.buffer(Tunable.SEND_BUFFER));
  }

  Set<SocketOption<?>> supported() {
    return Set.copyOf(entries.keySet());
  }

  void set(SocketOption<?> name, @Nullable Object value) throws IOException {
    setup.lock.lock();
    try {
      setup.checkOpen();
      Setter<Object> setter = entry(name).setter;
      // the document: "optval should be NULL and optlen 0"
      Object v = value == null && name.equals(RxrpcOption.EXCLUSIVE_CONNECTION) ? true : value;
      if (setter == null || v == null) {
        throw new SocketErrorException(Errno.EINVAL, name + " cannot be set to " + value);
      }
      setter.set(v);
    } finally {
      setup.lock.unlock();
    }
  }

  <T> T get(SocketOption<T> name) throws IOException {
    setup.lock.lock();
    try {
      setup.checkOpen();
      Supplier<?> getter = entry(name).getter;
      if (getter == null) {
        throw new SocketErrorException(Errno.EOPNOTSUPP, name + " cannot be read");
      }
      return name.type().cast(getter.get());
    } finally {
      setup.lock.unlock();
    }
  }

  private Entry entry(SocketOption<?> name) {
    Entry e = entries.get(name);
    if (e == null) {
      throw new UnsupportedOperationException(
          Errno.ENOPROTOOPT + ": " + name + " is not an option of these sockets");
    }
    return e;
  }

  private <T> void add(
      SocketOption<T> name, @Nullable Setter<T> setter, @Nullable Supplier<T> getter) {
    Setter<Object> typed = setter == null ? null : value -> setter.set(name.type().cast(value));
    entries.put(name, new Entry(typed, getter));
  }

  private <T> Setter<T> beforeUse(Setter<T> setter) {
    return value -> {
      if (setup.used()) {
        throw new SocketErrorException(Errno.EISCONN, "it can be set until connect or a call");
      }
      setter.set(value);
    };
  }

  private <T> Setter<T> beforeListen(Setter<T> setter) {
    return value -> {
      SocketSetup.State s = setup.state();
      if (s != SocketSetup.State.UNBOUND && s != SocketSetup.State.SERVER_BOUND) {
        throw new SocketErrorException(Errno.EISCONN, "it can be set until listen");
      }
      setter.set(value);
    };
  }

  private interface Setter<T> {
    void set(T value) throws SocketErrorException;
  }

  private record Entry(@Nullable Setter<Object> setter, @Nullable Supplier<?> getter) {}
}
