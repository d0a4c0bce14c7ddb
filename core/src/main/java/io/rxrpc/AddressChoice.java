// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import io.rxrpc.driver.CallFailure;
import io.rxrpc.driver.EndpointDriver;
import io.rxrpc.engine.Completion;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.udp.Errno;
import io.rxrpc.udp.Zone;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which address of a name with several is called. A request that was sent and not answered may have
 * been executed, and must not be sent to another address. So a server is looked for beforehand by
 * what every Rx answers and nothing comes of, a VERSION request; the first address that answers is
 * called, and remembered until a call there fails. If none answers it is the first that is silent,
 * or the first. Safe for all threads.
 */
final class AddressChoice {
  private static final int REMEMBERED = 256;

  private final EndpointDriver driver;
  private final long patience;

  /** By all addresses of a name. */
  private final Map<List<Object>, Integer> chosen =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Object>, Integer> eldest) {
          return size() > REMEMBERED;
        }
      };

  AddressChoice(EndpointDriver driver, Tunables tunables) {
    this.driver = driver;
    patience = tunables.get(Tunable.ADDRESS_PATIENCE);
  }

  /**
   * The address to call. Waits for an answer where that is not known yet.
   *
   * @param deadline of the call, by the endpoint's clock; 0 for none
   * @return an index
   * @throws CallFailure if the endpoint is closed
   */
  int choose(RxrpcAddress to, long deadline) throws CallFailure, InterruptedException {
    List<InetSocketAddress> all = to.transports();
    if (all.size() == 1) {
      return 0;
    }
    List<Object> key = key(to);
    synchronized (chosen) {
      Integer known = chosen.get(key);
      if (known != null) {
        return known;
      }
    }
    int best = search(all, deadline);
    synchronized (chosen) {
      chosen.put(key, best);
    }
    return best;
  }

  private int search(List<InetSocketAddress> all, long deadline)
      throws CallFailure, InterruptedException {
    int silent = -1;
    for (int i = 0; i < all.size(); i++) {
      long left =
          deadline == 0 ? patience : Math.min(patience, deadline - driver.time().nanoTime());
      if (left <= 0) {
        break;
      }
      try {
        String version = driver.version(all.get(i), left);
        if (version != null) {
          return i;
        }
      } catch (CallFailure e) {
        if (e.completion().errno() == Errno.ESHUTDOWN.number()) {
          throw e;
        }
        if (e.completion().errno() == Errno.ETIME.number() && silent < 0) {
          silent = i;
        }
      }
    }
    return Math.max(silent, 0);
  }

  /** A call to the chosen address failed: it is looked for anew next time. */
  void forget(RxrpcAddress to) {
    if (to.transports().size() > 1) {
      synchronized (chosen) {
        chosen.remove(key(to));
      }
    }
  }

  private static List<Object> key(RxrpcAddress to) {
    return to.transports().stream().map(Zone::key).toList();
  }

  /** Whether a call failed because its address leads to no server, and nothing else happened. */
  static boolean unreached(CallFailure failure) {
    Completion end = failure.completion();
    return end.unheard()
        && switch (Errno.of(end.errno())) {
          case ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, EADDRNOTAVAIL, EAFNOSUPPORT -> true;
          case null, default -> false;
        };
  }

  /** Whether the server is gone, as far as this call can tell. */
  static boolean lost(CallFailure failure) {
    return switch (failure.completion().kind()) {
      case NETWORK_ERROR -> true;
      case LOCAL_ERROR -> failure.completion().errno() == Errno.ETIME.number();
      default -> false;
    };
  }
}
