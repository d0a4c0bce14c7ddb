// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import io.rxrpc.afs.vl.Nvldbentry;
import io.rxrpc.afs.vl.Vl;
import io.rxrpc.afs.vl.VlConstants;
import io.rxrpc.afs.vl.VlService;
import io.rxrpc.afs.vl.VldbListByAttributes;
import io.rxrpc.rpc.Caller;
import io.rxrpc.xdr.Ints;
import java.util.List;
import java.util.stream.IntStream;

/** A location database that knows what {@code vos listvldb} asks, and nothing by name. */
final class ListedVldb implements VlService {
  private final List<Nvldbentry> entries;

  /** Volumes of such a name with a number behind, on the third partition of 192.0.2.1. */
  ListedVldb(String name, int firstId, int size) {
    entries = IntStream.range(0, size).mapToObj(i -> entry(name + "." + i, firstId + i)).toList();
  }

  private static Nvldbentry entry(String name, int id) {
    return new Nvldbentry(
        name,
        1,
        Ints.padded(VlConstants.VL_SERVERS, 0xc0000201),
        Ints.padded(VlConstants.VL_SERVERS, 2),
        Ints.padded(VlConstants.VL_SERVERS, VlConstants.VLSF_RWVOL),
        Ints.of(id, 0, 0),
        0,
        VlConstants.VLF_RWEXISTS,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0);
  }

  List<Nvldbentry> entries() {
    return entries;
  }

  @Override
  public Vl.ListAttributesN2Result listAttributesN2(
      Caller caller, VldbListByAttributes attributes, String name, int start) {
    return new Vl.ListAttributesN2Result(entries.size(), entries, -1);
  }

  @Override
  public Nvldbentry getEntryByNameN(Caller caller, String name) {
    throw MemoryVldb.abort("VL_NOENT");
  }
}
