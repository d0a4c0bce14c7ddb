// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packets of the recorded exchanges. Of JSON it needs only this much: the files have one member
 * a line, and what it looks for is on lines of its own.
 */
final class Vectors {
  private static final Pattern TEXT =
      Pattern.compile("\\s*\"(desc|kind|dir|udp)\": \"([^\"]*)\",?");

  /** One UDP payload. */
  record Packet(boolean fromClient, byte[] udp) {}

  /** One exchange, in order. */
  record Exchange(String description, List<Packet> packets) {
    @Override
    public String toString() {
      return description;
    }
  }

  private Vectors() {}

  /** The exchanges of {@code /vectors/NAME.json}. */
  static List<Exchange> exchanges(String name) {
    List<Exchange> exchanges = new ArrayList<>();
    boolean fromClient = false;
    boolean kindBefore = false;
    for (String line : lines(name)) {
      Matcher m = TEXT.matcher(line);
      if (!m.matches()) {
        continue;
      }
      String key = m.group(1);
      String value = m.group(2);
      switch (key) {
        case "desc", "kind" -> {
          if (kindBefore) { // "desc" describes the same exchange closer
            exchanges.removeLast();
          }
          exchanges.add(new Exchange(exchanges.size() + ": " + value, new ArrayList<>()));
        }
        case "dir" -> fromClient = value.equals("C>S");
        default ->
            exchanges
                .getLast()
                .packets()
                .add(new Packet(fromClient, HexFormat.of().parseHex(value)));
      }
      kindBefore = key.equals("kind");
    }
    return exchanges;
  }

  /** The exchange of {@code openafs_server_behaviour} with this description. */
  static Exchange openafs(String description) {
    return exchanges("openafs_server_behaviour").stream()
        .filter(e -> e.description().endsWith(": " + description))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> lines(String name) {
    try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + name + ".json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
