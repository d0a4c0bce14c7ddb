// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.cb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.afs.fs.AFSCallBack;
import io.rxrpc.afs.fs.AFSFid;
import io.rxrpc.rpc.RpcAbortException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client as file servers see it. */
class ClientCallbacksTest {
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private RxrpcEndpoint client;
  private RxrpcEndpoint server;
  private ClientCallbacks callbacks;
  private RxafscbClient calls;

  @BeforeEach
  void open() throws Exception {
    client = RxrpcEndpoint.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server = RxrpcEndpoint.open();
    callbacks =
        ClientCallbacks.on(
            client,
            new PromiseListener() {
              @Override
              public void broken(InetSocketAddress from, List<AFSFid> fids) {
                fids.forEach(f -> heard.add(f.volume() + "." + f.vnode()));
              }

              @Override
              public void forgotten(InetSocketAddress from, UUID uuid) {
                heard.add("forgotten " + uuid);
              }
            });
    calls =
        new RxafscbClient(server, new RxrpcAddress(client.localAddress(), ClientCallbacks.SERVICE));
  }

  @AfterEach
  void close() {
    server.close();
    client.close();
  }

  @Test
  void itTellsWhoItIsAndWhatItCanDo() throws Exception {
    Rxafscb.TellMeAboutYourselfResult me = calls.tellMeAboutYourself();
    assertThat(me.addr().uuid()).isEqualTo(callbacks.uuid());
    assertThat(me.addr().numberOfInterfaces()).isZero();
    assertThat(me.capabilities().get(0)).isEqualTo(CbConstants.CLIENT_CAPABILITY_ERRORTRANS);
    assertThat(calls.whoAreYou()).isEqualTo(me.addr());
    calls.probe();
    calls.probeUuid(callbacks.uuid());
    assertThatThrownBy(() -> calls.probeUuid(UUID.randomUUID()))
        .isInstanceOfSatisfying(RpcAbortException.class, e -> assertThat(e.code()).isOne());
  }

  @Test
  void itHearsOfBrokenPromisesAndOfServersThatForget() throws Exception {
    calls.callBack(
        List.of(new AFSFid(5, 2, 9), new AFSFid(5, 0, 0), new AFSFid(0, 0, 0)),
        List.of(new AFSCallBack(1, 0, 3)));
    calls.callBack(List.of(new AFSFid(0, 0, 0)), List.of());
    calls.initCallBackState();
    UUID uuid = UUID.randomUUID();
    calls.initCallBackState3(uuid);
    assertThat(heard).containsExactly("5.2", "5.0", "forgotten null", "forgotten " + uuid);
  }

  @Test
  void itHasNoCacheToTellOf() throws Exception {
    assertThat(calls.xStatsVersion()).isEqualTo(2);
    assertThat(calls.getServerPrefs(0).srvrAddr()).isEqualTo(-1);
    assertThat(calls.getCellServDB(0).cellName()).isEmpty();
    assertThat(calls.getCellByNum(1).cellName()).isEmpty();
    for (int code : List.of(abort(() -> calls.getCE(0)), abort(() -> calls.getCE64(0)))) {
      assertThat(code).isOne();
    }
    assertThat(abort(() -> calls.getLock(0))).isOne();
    assertThat(abort(() -> calls.initCallBackState2())).isEqualTo(-455);
    assertThat(abort(() -> calls.getLocalCell())).isEqualTo(-455);
  }

  private interface Call {
    void run() throws Exception;
  }

  private static int abort(Call call) throws Exception {
    try {
      call.run();
    } catch (RpcAbortException e) {
      return e.code();
    }
    throw new AssertionError("it did not fail");
  }

  @Test
  void itsAddressesAreToldAsNumbers() throws Exception {
    ClientCallbacks two =
        new ClientCallbacks(
            UUID.randomUUID(),
            List.of(InetAddress.ofLiteral("10.1.2.3"), InetAddress.ofLiteral("192.168.0.1")),
            new PromiseListener() {});
    InterfaceAddr addr = two.whoAreYou(null);
    assertThat(addr.numberOfInterfaces()).isEqualTo(2);
    assertThat(addr.addrIn().get(0)).isEqualTo(0x0a010203);
    assertThat(addr.addrIn().get(1)).isEqualTo(0xc0a80001);
    List<InetAddress> many = new ArrayList<>();
    for (int i = 0; i < 33; i++) {
      many.add(InetAddress.ofLiteral("10.0.0." + i));
    }
    assertThatThrownBy(() -> new ClientCallbacks(UUID.randomUUID(), many, new PromiseListener() {}))
        .hasMessageContaining("33 addresses");
  }
}
