// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.cb;

import io.rxrpc.AbortCode;
import io.rxrpc.CallAbort;
import io.rxrpc.RunningService;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.RxrpcException;
import io.rxrpc.afs.form.Inet4;
import io.rxrpc.afs.fs.AFSCallBack;
import io.rxrpc.afs.fs.AFSFid;
import io.rxrpc.rpc.Caller;
import io.rxrpc.xdr.Ints;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * The callback service of a client that calls file servers. A file server calls it at the port that
 * it is called from, before it answers for the first time. One line makes a client a good one:
 *
 * <pre>{@code
 * ClientCallbacks.on(endpoint);
 * }</pre>
 *
 * <p>It answers who it is, that it is alive, and that it has heard of broken promises, of which a
 * listener can hear; questions about a cache say that there is none. Whoever has a cache overrides
 * them. Safe for all threads.
 */
public class ClientCallbacks implements RxafscbService {
  /** The service's id, whatever the port. */
  public static final int SERVICE = 1;

  private static final int XSTATS_VERSION = 2;
  private static final int MTU = 1500;
  private static final int NOBODY = 0xffff_ffff;
  private static final AbortCode NOT_THERE = new AbortCode(1);

  private final UUID uuid;
  private final List<InetAddress> addresses;
  private final PromiseListener listener;

  /** A client with a UUID of its own, for as long as it lives, that hears nothing. */
  public ClientCallbacks() {
    this(UUID.randomUUID(), List.of(), new PromiseListener() {});
  }

  /**
   * The same with a listener.
   *
   * @param listener told of it
   */
  public ClientCallbacks(PromiseListener listener) {
    this(UUID.randomUUID(), List.of(), listener);
  }

  /**
   * A client.
   *
   * @param uuid what file servers know it by: a new one after it has lost its cache
   * @param addresses its IPv4 addresses, at most 32; with none the server goes by the one it sees
   * @param listener told of it
   */
  public ClientCallbacks(UUID uuid, List<InetAddress> addresses, PromiseListener listener) {
    this.uuid = Objects.requireNonNull(uuid, "uuid");
    this.addresses = List.copyOf(addresses);
    this.listener = Objects.requireNonNull(listener, "listener");
    if (addresses.size() > CbConstants.CB_MAXINTERFACES) {
      throw new IllegalArgumentException(
          addresses.size()
              + " addresses, where there is place for "
              + CbConstants.CB_MAXINTERFACES);
    }
  }

  /**
   * Serves the callback service on an endpoint, before its first call of a file server.
   *
   * @param endpoint one that does not answer callbacks itself
   * @return the service, with its UUID
   * @throws RxrpcException if the endpoint serves service 1 already, or is closed
   */
  public static ClientCallbacks on(RxrpcEndpoint endpoint) throws RxrpcException {
    ClientCallbacks callbacks = new ClientCallbacks();
    callbacks.serve(endpoint);
    return callbacks;
  }

  /**
   * {@return the same with a listener}
   *
   * @param endpoint makes the calls
   * @param listener told of it
   * @throws RxrpcException if the call fails, or has failed
   */
  public static ClientCallbacks on(RxrpcEndpoint endpoint, PromiseListener listener)
      throws RxrpcException {
    ClientCallbacks callbacks = new ClientCallbacks(listener);
    callbacks.serve(endpoint);
    return callbacks;
  }

  /**
   * Serves this on an endpoint; several may have it.
   *
   * @param endpoint makes the calls
   * @return the running service
   * @throws RxrpcException if the call fails, or has failed
   */
  public final RunningService serve(RxrpcEndpoint endpoint) throws RxrpcException {
    return endpoint.serve(SERVICE, dispatcher());
  }

  /** {@return what file servers know this client by} */
  public final UUID uuid() {
    return uuid;
  }

  @Override
  public void callBack(Caller caller, List<AFSFid> fids, List<AFSCallBack> promises) {
    List<AFSFid> meant = fids.stream().filter(fid -> fid.volume() != 0).toList();
    if (!meant.isEmpty()) {
      listener.broken(caller.address(), meant);
    }
  }

  @Override
  public void initCallBackState(Caller caller) {
    listener.forgotten(caller.address(), null);
  }

  @Override
  public void initCallBackState3(Caller caller, UUID serverUuid) {
    listener.forgotten(caller.address(), serverUuid);
  }

  @Override
  public void probe(Caller caller) {}

  @Override
  public void probeUuid(Caller caller, UUID clientUuid) {
    if (!clientUuid.equals(uuid)) {
      throw new CallAbort(NOT_THERE);
    }
  }

  @Override
  public InterfaceAddr whoAreYou(Caller caller) {
    int[] in = new int[CbConstants.CB_MAXINTERFACES];
    int[] mtus = new int[CbConstants.CB_MAXINTERFACES];
    for (int i = 0; i < addresses.size(); i++) {
      in[i] = Inet4.number(addresses.get(i));
      mtus[i] = MTU;
    }
    return new InterfaceAddr(
        addresses.size(),
        uuid,
        Ints.of(in),
        Ints.of(new int[CbConstants.CB_MAXINTERFACES]),
        Ints.of(mtus));
  }

  @Override
  public Rxafscb.TellMeAboutYourselfResult tellMeAboutYourself(Caller caller) {
    return new Rxafscb.TellMeAboutYourselfResult(
        whoAreYou(caller), Ints.of(CbConstants.CLIENT_CAPABILITY_ERRORTRANS));
  }

  @Override
  public int xStatsVersion(Caller caller) {
    return XSTATS_VERSION;
  }

  @Override
  public AFSDBLock getLock(Caller caller, int index) {
    throw new CallAbort(NOT_THERE);
  }

  @Override
  public AFSDBCacheEntry getCE(Caller caller, int index) {
    throw new CallAbort(NOT_THERE);
  }

  @Override
  public AFSDBCacheEntry64 getCE64(Caller caller, int index) {
    throw new CallAbort(NOT_THERE);
  }

  @Override
  public Rxafscb.GetServerPrefsResult getServerPrefs(Caller caller, int serverIndex) {
    return new Rxafscb.GetServerPrefsResult(NOBODY, NOBODY);
  }

  @Override
  public Rxafscb.GetCellServDBResult getCellServDB(Caller caller, int cellIndex) {
    return new Rxafscb.GetCellServDBResult("", Ints.EMPTY);
  }

  @Override
  public Rxafscb.GetCellByNumResult getCellByNum(Caller caller, int cellNumber) {
    return new Rxafscb.GetCellByNumResult("", Ints.EMPTY);
  }
}
