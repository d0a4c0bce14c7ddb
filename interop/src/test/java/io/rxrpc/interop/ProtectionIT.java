package io.rxrpc.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.interop.afs.Protection;
import io.rxrpc.interop.afs.XdrReader;
import io.rxrpc.interop.peers.Cell;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import io.rxrpc.udp.PortKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A Java client and the real protection server, whose lists of names are long blobs. */
@Needs(Peer.CELL)
class ProtectionIT {
  private static RxrpcAddress protection(Cell cell) {
    return Rpc.service(cell.server(Protection.PORT), Protection.SERVICE);
  }

  @Test
  void namesAndIdsAreWhatPtsPrints(Cell cell) throws IOException {
    try (RxrpcEndpoint endpoint = Rpc.open()) {
      List<String> names = List.of("admin", "user", "system:administrators", "system:anyuser");
      List<Integer> ids =
          Protection.ids(endpoint.call(protection(cell), Protection.nameToId(names)));
      for (int i = 0; i < names.size(); i++) {
        assertThat(cell.run("pts", "examine", names.get(i)).ok().out())
            .startsWith("Name: " + names.get(i) + ", id: " + ids.get(i) + ",");
      }
      assertThat(Protection.names(endpoint.call(protection(cell), Protection.idToName(ids))))
          .isEqualTo(names);
      XdrReader max = new XdrReader(endpoint.call(protection(cell), Protection.listMax()));
      assertThat(cell.run("pts", "listmax").ok().out())
          .isEqualTo("Max user id is %s and max group id is %s.\n", max.int32(), max.int32());
    }
  }

  /** 20 kB out in 15 packets, 1.28 MB back. */
  @ParameterizedTest
  @EnumSource(PortKind.class)
  void fiveThousandIdsToNames(PortKind kind, Cell cell) throws IOException {
    try (RxrpcEndpoint endpoint = Rpc.open(kind)) {
      List<Integer> ids = IntStream.rangeClosed(1, Protection.MAX_LIST).boxed().toList();
      List<String> names =
          Protection.names(endpoint.call(protection(cell), Protection.idToName(ids)));
      assertThat(names).hasSize(ids.size()).startsWith("user", "admin");
      assertThat(names.subList(2, names.size()))
          .isEqualTo(ids.subList(2, ids.size()).stream().map(String::valueOf).toList());
    }
  }

  /** 1.28 MB out, 20 kB back. */
  @ParameterizedTest
  @EnumSource(PortKind.class)
  void fiveThousandNamesToIds(PortKind kind, Cell cell) throws IOException {
    try (RxrpcEndpoint endpoint = Rpc.open(kind)) {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < Protection.MAX_LIST; i++) {
        names.add(i % 100 == 99 ? "user" : "nobody" + i);
      }
      List<Integer> ids =
          Protection.ids(endpoint.call(protection(cell), Protection.nameToId(names)));
      assertThat(ids).hasSize(names.size());
      for (int i = 0; i < ids.size(); i++) {
        assertThat(ids.get(i)).isEqualTo(i % 100 == 99 ? 1 : Protection.ANONYMOUS);
      }
    }
  }
}
