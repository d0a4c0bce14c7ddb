// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.typed;

import io.rxrpc.xdr.Ints;
import io.rxrpc.xdr.XdrReader;
import io.rxrpc.xdr.XdrWriter;
import java.io.IOException;

/** {@code benchEntry}, 476 octets, in the shape of generated code. */
record BenchEntry(
    String name,
    int nServers,
    Ints serverNumber,
    Ints serverPartition,
    Ints serverFlags,
    Ints volumeId,
    int cloneId,
    int flags,
    int matchIndex,
    int spare1,
    int spare2,
    int spare3,
    int spare4,
    int spare5,
    int spare6,
    int spare7,
    int spare8) {
  static final int MOST = 500;
  private static final int NAMELEN = 65;
  private static final int SERVERS = 13;

  static BenchEntry decode(XdrReader in) throws IOException {
    return new BenchEntry(
        in.chars("name", NAMELEN),
        in.int32("nServers"),
        in.ints("serverNumber", SERVERS),
        in.ints("serverPartition", SERVERS),
        in.ints("serverFlags", SERVERS),
        in.ints("volumeId", 3),
        in.int32("cloneId"),
        in.int32("flags"),
        in.int32("matchIndex"),
        in.int32("spare1"),
        in.int32("spare2"),
        in.int32("spare3"),
        in.int32("spare4"),
        in.int32("spare5"),
        in.int32("spare6"),
        in.int32("spare7"),
        in.int32("spare8"));
  }

  void encode(XdrWriter out) throws IOException {
    out.chars("name", NAMELEN, name);
    out.int32(nServers);
    out.ints("serverNumber", SERVERS, serverNumber);
    out.ints("serverPartition", SERVERS, serverPartition);
    out.ints("serverFlags", SERVERS, serverFlags);
    out.ints("volumeId", 3, volumeId);
    out.int32(cloneId);
    out.int32(flags);
    out.int32(matchIndex);
    out.int32(spare1);
    out.int32(spare2);
    out.int32(spare3);
    out.int32(spare4);
    out.int32(spare5);
    out.int32(spare6);
    out.int32(spare7);
    out.int32(spare8);
  }

  /** One like those of a location database. */
  static BenchEntry numbered(int i) {
    int[] numbers = new int[SERVERS];
    java.util.Arrays.setAll(numbers, k -> i * SERVERS + k);
    Ints some = Ints.of(numbers);
    return new BenchEntry(
        "volume.number." + i,
        3,
        some,
        some,
        some,
        Ints.of(i, i + 1, i + 2),
        i,
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        8,
        9,
        10);
  }
}
