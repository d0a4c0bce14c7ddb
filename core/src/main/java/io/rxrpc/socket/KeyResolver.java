package io.rxrpc.socket;

import io.rxrpc.security.ClientSecurity;
import io.rxrpc.security.ServerSecurity;
import java.util.List;

/**
 * Finds the security behind the names that the options {@link RxrpcOption#SECURITY_KEY} and {@link
 * RxrpcOption#SECURITY_KEYRING} carry. May be called by any thread.
 */
public interface KeyResolver {
  /**
   * The client side of a key.
   *
   * @param level the least security level, 0..2
   * @throws SocketErrorException with ENOKEY when no key has this description, EKEYEXPIRED when it
   *     has expired
   */
  ClientSecurity clientSecurity(String description, int level) throws SocketErrorException;

  /**
   * What a service with a keyring offers. The keyring is looked into when connections come, so that
   * it may change while it is used.
   *
   * @param serviceId the service, 1..65535
   * @param level the least security level, 0..2
   * @throws SocketErrorException with ENOKEY when no keyring has this description
   */
  List<ServerSecurity> serverSecurity(String description, int serviceId, int level)
      throws SocketErrorException;

  /** Whether there is a keyring with this description. */
  boolean hasKeyring(String description);

  /** Whether there is a key with this description. */
  boolean hasKey(String description);
}
