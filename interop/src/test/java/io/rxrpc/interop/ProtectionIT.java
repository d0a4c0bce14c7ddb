// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.afs.WellKnownService;
import io.rxrpc.afs.pt.Pr;
import io.rxrpc.afs.pt.PrClient;
import io.rxrpc.afs.pt.PtConstants;
import io.rxrpc.interop.peers.Cell;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import io.rxrpc.udp.PortKind;
import io.rxrpc.xdr.Ints;
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
  private static final int MANY = 5000;

  private static PrClient protection(RxrpcEndpoint endpoint, Cell cell) {
    return new PrClient(Rpc.client(endpoint, cell, WellKnownService.PT));
  }

  @Test
  void namesAndIdsAreWhatPtsPrints(Cell cell) throws IOException {
    try (RxrpcEndpoint endpoint = Rpc.open()) {
      PrClient pt = protection(endpoint, cell);
      List<String> names = List.of("admin", "user", "system:administrators", "system:anyuser");
      Ints ids = pt.nameToID(names);
      for (int i = 0; i < names.size(); i++) {
        assertThat(cell.run("pts", "examine", names.get(i)).ok().out())
            .startsWith("Name: " + names.get(i) + ", id: " + ids.get(i) + ",");
      }
      assertThat(pt.idToName(ids)).isEqualTo(names);
      Pr.ListMaxResult max = pt.listMax();
      assertThat(cell.run("pts", "listmax").ok().out())
          .isEqualTo("Max user id is %s and max group id is %s.\n", max.uid(), max.gid());
    }
  }

  /** 20 kB out in 15 packets, 1.28 MB back. */
  @ParameterizedTest
  @EnumSource(PortKind.class)
  void fiveThousandIdsToNames(PortKind kind, Cell cell) throws IOException {
    try (RxrpcEndpoint endpoint = Rpc.open(kind)) {
      int[] ids = IntStream.rangeClosed(1, MANY).toArray();
      List<String> names = protection(endpoint, cell).idToName(Ints.of(ids));
      assertThat(names).hasSize(MANY).startsWith("user", "admin");
      assertThat(names.subList(2, MANY))
          .isEqualTo(IntStream.rangeClosed(3, MANY).mapToObj(String::valueOf).toList());
    }
  }

  /** 1.28 MB out, 20 kB back. */
  @ParameterizedTest
  @EnumSource(PortKind.class)
  void fiveThousandNamesToIds(PortKind kind, Cell cell) throws IOException {
    try (RxrpcEndpoint endpoint = Rpc.open(kind)) {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        names.add(i % 100 == 99 ? "user" : "nobody" + i);
      }
      Ints ids = protection(endpoint, cell).nameToID(names);
      assertThat(ids.size()).isEqualTo(MANY);
      for (int i = 0; i < MANY; i++) {
        assertThat(ids.get(i)).isEqualTo(i % 100 == 99 ? 1 : PtConstants.ANONYMOUSID);
      }
    }
  }
}
