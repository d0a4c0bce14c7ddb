// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.krb5;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A krb5.conf as MIT Kerberos reads it: {@code include} and {@code includedir} wherever they stand
 * and however often, several files laid over each other, sections that come again merged. The JDK
 * refuses such files, and gets this one's {@link #text} instead.
 */
final class Profile {
  /** Comments are in any coding, and what is no comment goes through as it is. */
  static final Charset CODING = StandardCharsets.ISO_8859_1;

  private static final int MAX_DEPTH = 10;

  /** A section, or a relation whose value is in braces. */
  static final class Section {
    /** Values and sections by name, in their order. */
    private final Map<String, List<String>> values = new LinkedHashMap<>();

    private final Map<String, Section> sections = new LinkedHashMap<>();

    List<String> values(String name) {
      return values.getOrDefault(name, List.of());
    }

    @Nullable String first(String name) {
      List<String> all = values(name);
      return all.isEmpty() ? null : all.getFirst();
    }

    void set(String name, List<String> all) {
      values.put(name, new ArrayList<>(all));
    }

    void preset(String name, String value) {
      values.putIfAbsent(name, new ArrayList<>(List.of(value)));
    }

    Section section(String name) {
      return sections.computeIfAbsent(name, n -> new Section());
    }

    Map<String, Section> sections() {
      return sections;
    }
  }

  private final Section root = new Section();

  /** Reads files; what an earlier one says is in force. */
  static Profile read(List<Path> files) throws KerberosException {
    Profile profile = new Profile();
    for (Path file : files) {
      profile.file(file, 0);
    }
    return profile;
  }

  Section section(String name) {
    return root.section(name);
  }

  private void file(Path file, int depth) throws KerberosException {
    if (depth > MAX_DEPTH) {
      throw unusable(file, "it includes itself");
    }
    List<String> lines;
    try {
      lines = Files.readAllLines(file, CODING);
    } catch (IOException e) {
      throw new KerberosException(
          KerberosFault.FILE, 0, "cannot read " + file + ", of krb5.conf: " + e.getMessage(), e);
    }
    List<Section> open = new ArrayList<>(); // an included file does not change where we are
    for (int i = 0; i < lines.size(); i++) {
      try {
        line(lines.get(i).strip(), open, depth);
      } catch (IllegalArgumentException e) {
        throw unusable(file, "line " + (i + 1) + ": " + e.getMessage());
      }
    }
    if (open.size() > 1) {
      throw unusable(file, "a brace is not closed");
    }
  }

  private static KerberosException unusable(Path file, String why) {
    return new KerberosException(
        KerberosFault.FILE, "krb5.conf (KRB5_CONFIG) cannot be used: " + file + ": " + why);
  }

  private void line(String line, List<Section> open, int depth) throws KerberosException {
    if (line.isEmpty() || line.charAt(0) == '#' || line.charAt(0) == ';') {
      return;
    }
    if (line.matches("include\\s.*")) {
      file(Path.of(line.substring("include".length()).strip()), depth + 1);
    } else if (line.matches("includedir\\s.*")) {
      folder(Path.of(line.substring("includedir".length()).strip()), depth + 1);
    } else if (line.startsWith("[")) {
      int end = line.indexOf(']');
      if (end < 0 || open.size() > 1) {
        throw new IllegalArgumentException("a section begins in the middle of another");
      }
      open.clear();
      open.add(root.section(line.substring(1, end).strip()));
    } else if (line.startsWith("}")) {
      if (open.size() < 2) {
        throw new IllegalArgumentException("a brace too many");
      }
      open.removeLast();
    } else if (!line.startsWith("module")) {
      relation(line, open);
    }
  }

  private static void relation(String line, List<Section> open) {
    int equals = line.indexOf('=');
    if (open.isEmpty() || equals <= 0) {
      throw new IllegalArgumentException("no relation in a section: " + line);
    }
    String name = line.substring(0, equals).strip().replaceAll("\\*$", ""); // the last word, of MIT
    String value = line.substring(equals + 1).strip();
    if (value.startsWith("{")) {
      open.add(open.getLast().section(name));
    } else {
      open.getLast().values.computeIfAbsent(name, n -> new ArrayList<>()).add(unquoted(value));
    }
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  private void folder(Path folder, int depth) throws KerberosException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(Profile::isIncluded).sorted().toList();
    } catch (IOException e) {
      throw new KerberosException(
          KerberosFault.FILE, 0, "cannot read " + folder + ", of krb5.conf: " + e.getMessage(), e);
    }
    for (Path file : files) {
      file(file, depth);
    }
  }

  private static boolean isIncluded(Path file) {
    String name = String.valueOf(file.getFileName());
    return !Files.isDirectory(file)
        && (name.matches("[A-Za-z0-9_-]+") || (name.endsWith(".conf") && !name.startsWith(".")));
  }

  /** The realm that {@code domain_realm} says a host is in, or an empty text. */
  String realmOf(String host) {
    Section domains = section("domain_realm");
    for (String name = host; !name.isEmpty(); ) {
      String realm = domains.first(name);
      if (realm != null) {
        return realm;
      }
      int dot = name.indexOf('.', 1);
      name = name.startsWith(".") ? name.substring(1) : dot < 0 ? "" : name.substring(dot);
    }
    return "";
  }

  /** The same in one file, each section once. */
  String text() {
    StringBuilder out = new StringBuilder();
    root.sections.forEach(
        (name, section) -> {
          out.append('[').append(name).append("]\n");
          write(section, 1, out);
        });
    return out.toString();
  }

  private static void write(Section section, int depth, StringBuilder out) {
    String indent = " ".repeat(depth);
    section.values.forEach(
        (name, all) ->
            all.forEach(v -> out.append(indent).append(name).append(" = ").append(v).append('\n')));
    section.sections.forEach(
        (name, inner) -> {
          out.append(indent).append(name).append(" = {\n");
          write(inner, depth + 1, out);
          out.append(indent).append("}\n");
        });
  }
}
