// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import io.rxrpc.key.ClientTokens;
import io.rxrpc.key.Key;
import io.rxrpc.key.KeyException;
import io.rxrpc.key.KeyFacility;
import io.rxrpc.key.KeyType;
import io.rxrpc.key.Keyring;
import io.rxrpc.machine.Surroundings;
import io.rxrpc.security.ClientSecurity;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.ServerSecurity;
import io.rxrpc.security.rxgk.KeyringRxgkKeys;
import io.rxrpc.security.rxgk.RxgkClient;
import io.rxrpc.security.rxgk.RxgkForm;
import io.rxrpc.security.rxgk.RxgkServer;
import io.rxrpc.security.rxkad.KeyringServerKeys;
import io.rxrpc.security.rxkad.RxkadClient;
import io.rxrpc.security.rxkad.RxkadServer;
import io.rxrpc.udp.Errno;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Keys out of a {@link KeyFacility}. */
final class FacilityKeys implements KeyResolver {
  private final KeyFacility facility;
  private final InstantSource wallClock;

  FacilityKeys(KeyFacility facility, InstantSource wallClock) {
    this.facility = facility;
    this.wallClock = wallClock;
  }

  @Override
  public ClientKey key(String description) throws SocketErrorException {
    Key key = find(KeyType.RXRPC, description);
    return level -> security(key, level);
  }

  private ClientSecurity security(Key key, int level) throws SocketErrorException {
    try {
      boolean anonymous = key.payload() instanceof ClientTokens tokens && tokens.anonymous();
      if (anonymous && level == RxrpcOption.SECURITY_PLAIN) {
        return NullSecurity.INSTANCE;
      }
      boolean rxgk = key.payload() instanceof ClientTokens tokens && tokens.rxgk() != null;
      return rxgk
          ? RxgkClient.of(key, level(level), wallClock, Surroundings.machine().random())
          : RxkadClient.of(key, level(level), wallClock);
    } catch (KeyException e) {
      throw error(e);
    }
  }

  @Override
  public ServerKeyring keyring(String description) throws SocketErrorException {
    if (!(find(KeyType.KEYRING, description) instanceof Keyring ring)) {
      throw new SocketErrorException(Errno.ENOKEY, "\"" + description + "\" is no keyring");
    }
    return (serviceId, level) -> {
      ServerSecurity rxkad =
          RxkadServer.builder(new KeyringServerKeys(ring), wallClock)
              .minimumLevel(level(level))
              .build();
      List<ServerSecurity> all = new ArrayList<>();
      if (level == RxrpcOption.SECURITY_PLAIN) {
        all.add(NullSecurity.INSTANCE);
      }
      all.add(rxkad);
      for (RxgkForm form : RxgkForm.values()) {
        all.add(
            RxgkServer.builder(
                    form, new KeyringRxgkKeys(ring), wallClock, Surroundings.machine().random())
                .minimumLevel(level(level))
                .build());
      }
      return List.copyOf(all);
    };
  }

  private Key find(KeyType type, String description) throws SocketErrorException {
    try {
      return facility.request(type, description);
    } catch (KeyException e) {
      throw error(e);
    }
  }

  private static SecurityLevel level(int number) {
    SecurityLevel level = SecurityLevel.of(number);
    if (level == null) {
      throw new IllegalArgumentException("level " + number);
    }
    return level;
  }

  private static SocketErrorException error(KeyException e) {
    return new SocketErrorException(e.errno().number(), String.valueOf(e.getMessage()), e);
  }
}
