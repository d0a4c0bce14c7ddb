// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc.sample;

import static io.rxrpc.rpc.sample.SampleConstants.SAMPLE_NAMELEN;
import static io.rxrpc.rpc.sample.SampleConstants.SAMPLE_SERVERS;

import io.rxrpc.xdr.Ints;
import io.rxrpc.xdr.Octets;
import io.rxrpc.xdr.XdrReader;
import io.rxrpc.xdr.XdrType;
import io.rxrpc.xdr.XdrWriter;
import java.io.IOException;

/** {@code sampleEntry}. */
public record SampleEntry(
    String name, int nServers, Ints serverNumber, SampleKind kind, String comment, Octets digest) {
  /** For values on their own. */
  public static final XdrType<SampleEntry> XDR =
      new XdrType<>("sampleEntry", SampleEntry::decode, SampleEntry::encode);

  /** Reads it. */
  public static SampleEntry decode(XdrReader in) throws IOException {
    return new SampleEntry(
        in.chars("name", SAMPLE_NAMELEN),
        in.int32("nServers"),
        in.ints("serverNumber", SAMPLE_SERVERS),
        SampleKind.of(in.int32("kind")),
        in.string("comment", 255),
        in.opaqueUpTo("digest", 64));
  }

  /** Writes it. */
  public void encode(XdrWriter out) throws IOException {
    out.chars("name", SAMPLE_NAMELEN, name);
    out.int32(nServers);
    out.ints("serverNumber", SAMPLE_SERVERS, serverNumber);
    out.int32(kind.value());
    out.string("comment", 255, comment);
    out.opaqueUpTo("digest", 64, digest);
  }
}
