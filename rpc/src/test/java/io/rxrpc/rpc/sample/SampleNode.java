// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc.sample;

import io.rxrpc.xdr.XdrReader;
import io.rxrpc.xdr.XdrWriter;
import java.io.IOException;

/** {@code sampleNode}, a node of a linked list. */
public record SampleNode(SampleEntry entry) {
  /** Reads it, without what follows it in its list. */
  public static SampleNode decode(XdrReader in) throws IOException {
    return new SampleNode(in.struct("entry", SampleEntry::decode));
  }

  /** Writes it, without what follows it in its list. */
  public void encode(XdrWriter out) throws IOException {
    out.struct("entry", entry, SampleEntry::encode);
  }
}
