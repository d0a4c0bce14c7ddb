// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** What is replayed in every build: seeds, and the inputs of {@code /fuzz/TARGET.gz}. */
final class Corpus {
  private Corpus() {}

  static List<byte[]> all(FuzzTarget target) {
    List<byte[]> all = new ArrayList<>(target.seeds());
    all.addAll(kept(target));
    return all;
  }

  /** The inputs that a merge has kept, and former findings. */
  static List<byte[]> kept(FuzzTarget target) {
    try (InputStream in = Corpus.class.getResourceAsStream("/fuzz/" + target.label() + ".gz")) {
      return in == null ? List.of() : unpack(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<byte[]> unpack(byte[] packed) throws IOException {
    List<byte[]> inputs = new ArrayList<>();
    try (DataInputStream in =
        new DataInputStream(new GZIPInputStream(new ByteArrayInputStream(packed)))) {
      for (int n = in.readInt(); n > 0; n--) {
        inputs.add(in.readNBytes(in.readUnsignedShort()));
      }
    }
    return inputs;
  }

  static byte[] pack(List<byte[]> inputs) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(bytes))) {
      out.writeInt(inputs.size());
      for (byte[] input : inputs) {
        out.writeShort(input.length);
        out.write(input);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
