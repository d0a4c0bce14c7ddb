// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rxrpc.RemoteAbortException;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.afs.BuiltInService;
import io.rxrpc.afs.bos.BozoClient;
import io.rxrpc.afs.bos.BozoService;
import io.rxrpc.afs.cb.RxafscbClient;
import io.rxrpc.afs.cb.RxafscbService;
import io.rxrpc.afs.fs.RxafsClient;
import io.rxrpc.afs.fs.RxafsService;
import io.rxrpc.afs.pt.PrClient;
import io.rxrpc.afs.pt.PrService;
import io.rxrpc.afs.stats.RxstatsClient;
import io.rxrpc.afs.stats.RxstatsService;
import io.rxrpc.afs.ubik.DiskClient;
import io.rxrpc.afs.ubik.DiskService;
import io.rxrpc.afs.ubik.VoteClient;
import io.rxrpc.afs.ubik.VoteService;
import io.rxrpc.afs.vl.VlClient;
import io.rxrpc.afs.vl.VlService;
import io.rxrpc.afs.vol.AFSVolClient;
import io.rxrpc.afs.vol.AFSVolService;
import io.rxrpc.rpc.RpcClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What real servers were asked and answered goes through generated servers and clients: it is
 * decoded and encoded again on both sides, and comes out octet for octet.
 */
class RecordedCallsTest {
  private static RecordedServer recorded;
  private static RxrpcEndpoint relay;
  private static RxrpcEndpoint client;

  @BeforeAll
  static void open() throws Exception {
    recorded = new RecordedServer();
    client = RxrpcEndpoint.open();
    relay = RxrpcEndpoint.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    serve(BuiltInService.VL, VlService.class, new VlClient(at(BuiltInService.VL)));
    serve(BuiltInService.PT, PrService.class, new PrClient(at(BuiltInService.PT)));
    serve(BuiltInService.VOL, AFSVolService.class, new AFSVolClient(at(BuiltInService.VOL)));
    serve(BuiltInService.FS, RxafsService.class, new RxafsClient(at(BuiltInService.FS)));
    serve(BuiltInService.CB, RxafscbService.class, new RxafscbClient(at(BuiltInService.CB)));
    serve(BuiltInService.BOS, BozoService.class, new BozoClient(at(BuiltInService.BOS)));
    serve(BuiltInService.VOTE, VoteService.class, new VoteClient(at(BuiltInService.VOTE)));
    serve(BuiltInService.DISK, DiskService.class, new DiskClient(at(BuiltInService.DISK)));
    serve(BuiltInService.STATS, RxstatsService.class, new RxstatsClient(at(BuiltInService.STATS)));
  }

  private static RpcClient at(BuiltInService service) {
    return RpcClient.of(client, recorded.address(service));
  }

  private static void serve(BuiltInService service, Class<?> type, Object calls) throws Exception {
    relay.serve(RecordedServer.id(service), TypedRelay.of(type, calls));
  }

  @AfterAll
  static void close() {
    client.close();
    relay.close();
    recorded.close();
  }

  static List<RecordedCall> calls() throws Exception {
    return RecordedCall.all();
  }

  @ParameterizedTest
  @MethodSource("calls")
  void comesOutAsItWentIn(RecordedCall call) throws Exception {
    recorded.only(call);
    RxrpcAddress to = new RxrpcAddress(relay.localAddress(), RecordedServer.id(call.service()));
    if (call.abort() == 0) {
      byte[] reply = client.call(to, call.request());
      assertThat(hex(reply)).isEqualTo(hex(call.reply()));
    } else {
      RemoteAbortException abort =
          catchThrowableOfType(RemoteAbortException.class, () -> client.call(to, call.request()));
      assertThat(abort.code().value()).isEqualTo(call.abort());
    }
    if (!call.procedure().isEmpty()) { // an opcode that is nobody's goes no further
      assertThat(hex(signed(recorded.nextRequest(), call)))
          .isEqualTo(hex(signed(call.request(), call)));
    }
    assertThat(recorded.nextRequest()).isNull();
  }

  private static String hex(byte[] octets) {
    return HexFormat.of().formatHex(octets);
  }

  /**
   * Two requests with a UUID were made by a client that gives its small words no sign; OpenAFS
   * does, and so do we. Servers look at the low octet only.
   */
  static byte[] signed(byte[] request, RecordedCall call) {
    int uuid =
        switch (call.procedure()) {
          case "GetAddrsU" -> 20;
          case "ProbeUuid" -> 4;
          default -> -1;
        };
    if (uuid < 0 || request.length < uuid + 44) {
      return request;
    }
    ByteBuffer words = ByteBuffer.wrap(request.clone());
    for (int at = uuid + 12; at < uuid + 44; at += 4) {
      words.putInt(at, (byte) words.getInt(at));
    }
    return words.array();
  }
}
