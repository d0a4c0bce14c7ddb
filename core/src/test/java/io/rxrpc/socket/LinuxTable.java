// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rows of linux-sockets.md. */
final class LinuxTable {
  private static final Pattern ROW =
      Pattern.compile(
          "\\| ([A-Z]\\d+[a-z]?) \\| (.*) \\| (.*) \\| (exact|outcome|race|C sizes) \\|");

  /** One observed case. */
  record Row(String id, String done, String result, String compare) {
    /** What is right: one of these, without times. */
    List<String> alternatives() {
      return Pattern.compile(" or ").splitAsStream(result).map(Row::bare).toList();
    }

    private static String bare(String text) {
      return text.replaceFirst(" after \\d+\\.\\d+ s$", "").strip();
    }
  }

  private LinuxTable() {}

  static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (String line : text().lines().toList()) {
      Matcher m = ROW.matcher(line);
      if (m.matches()) {
        rows.add(new Row(m.group(1), m.group(2), m.group(3), m.group(4)));
      }
    }
    return rows;
  }

  private static String text() {
    try (InputStream in = LinuxTable.class.getResourceAsStream("linux-sockets.md")) {
      if (in == null) {
        throw new IllegalStateException("linux-sockets.md is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
