// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The dump of a new empty volume, as a volume server of OpenAFS 1.8.9 wrote it. */
final class DumpVector {
  private static final Pattern STREAM = Pattern.compile("\"stream\": *\"([0-9a-f]+)\"");

  private DumpVector() {}

  static byte[] octets() {
    try (InputStream in =
        Objects.requireNonNull(
            DumpVector.class.getResourceAsStream("/vectors/afs_volume_dump.json"))) {
      Matcher found = STREAM.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      if (!found.find()) {
        throw new AssertionError("no stream in the vector");
      }
      return HexFormat.of().parseHex(found.group(1));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
