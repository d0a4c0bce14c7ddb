// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import java.net.SocketOption;
import java.time.Duration;

/**
 * The options of {@link RxrpcSocket}. The security key and the minimum level can be set until
 * {@code connect} or the first call, the keyring until {@code listen}; later it is EISCONN. Each
 * key option can be set once; a second time is EINVAL.
 *
 * <p>Besides these the sockets know {@link java.net.StandardSocketOptions#SO_RCVBUF}, {@link
 * java.net.StandardSocketOptions#SO_SNDBUF} and {@link
 * java.net.StandardSocketOptions#SO_KEEPALIVE}.
 */
public final class RxrpcOption {
  /** The description of the key that calls made on this socket use. Write only. */
  public static final SocketOption<String> SECURITY_KEY =
      new Named<>("RXRPC_SECURITY_KEY", String.class);

  /** The description of the keyring with the secrets of the services. Write only. */
  public static final SocketOption<String> SECURITY_KEYRING =
      new Named<>("RXRPC_SECURITY_KEYRING", String.class);

  /**
   * Whether each call made from now on gets a connection of its own. At any time; null is true, as
   * C gives no value with it. Write only.
   */
  public static final SocketOption<Boolean> EXCLUSIVE_CONNECTION =
      new Named<>("RXRPC_EXCLUSIVE_CONNECTION", Boolean.class);

  /** The least security: 0 plain, 1 authenticated, 2 encrypted. Write only. */
  public static final SocketOption<Integer> MIN_SECURITY_LEVEL =
      new Named<>("RXRPC_MIN_SECURITY_LEVEL", Integer.class);

  /** Lets clients of one bound service be answered by another one. Write only. */
  public static final SocketOption<ServiceUpgrade> UPGRADEABLE_SERVICE =
      new Named<>("RXRPC_UPGRADEABLE_SERVICE", ServiceUpgrade.class);

  /** The highest number of a control message that {@code sendmsg} knows. Read only. */
  public static final SocketOption<Integer> SUPPORTED_CMSG =
      new Named<>("RXRPC_SUPPORTED_CMSG", Integer.class);

  /**
   * Whether the application answers CHALLENGEs, by {@link ControlMessage.Respond}, in place of the
   * key. Until {@code connect} or the first call. Write only.
   */
  public static final SocketOption<Boolean> MANAGE_RESPONSE =
      new Named<>("RXRPC_MANAGE_RESPONSE", Boolean.class);

  /**
   * Whether requests for debugging that reach the socket's UDP port are answered: never at first,
   * as the answers tell about peers. Ends with the socket.
   */
  public static final SocketOption<Boolean> ANSWER_DEBUG =
      new Named<>("RXRPC_ANSWER_DEBUG", Boolean.class);

  /** How long {@code recvmsg} blocks before it fails with EAGAIN; zero: for ever. */
  public static final SocketOption<Duration> RECEIVE_TIMEOUT =
      new Named<>("SO_RCVTIMEO", Duration.class);

  /** How long {@code sendmsg} blocks before it fails with EAGAIN; zero: for ever. */
  public static final SocketOption<Duration> SEND_TIMEOUT =
      new Named<>("SO_SNDTIMEO", Duration.class);

  /** The level of {@link #MIN_SECURITY_LEVEL} that checksums only: RXRPC_SECURITY_PLAIN. */
  public static final int SECURITY_PLAIN = 0;

  /** The level that authenticates packets: RXRPC_SECURITY_AUTH. */
  public static final int SECURITY_AUTH = 1;

  /** The level that encrypts packets: RXRPC_SECURITY_ENCRYPT. */
  public static final int SECURITY_ENCRYPTED = 2;

  private RxrpcOption() {}

  private record Named<T>(String name, Class<T> type) implements SocketOption<T> {
    @Override
    public String toString() {
      return name;
    }
  }
}
