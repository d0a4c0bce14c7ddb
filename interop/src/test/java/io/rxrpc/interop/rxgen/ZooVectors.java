// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.rxgen;

import static java.util.Collections.nCopies;

import io.rxrpc.rxgen.model.DeclaredProcedure;
import io.rxrpc.rxgen.model.Description;
import io.rxrpc.rxgen.value.DynamicCodec;
import io.rxrpc.xdr.XdrWriter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Calls at the bounds of every type: what goes in, and what must come out. */
final class ZooVectors {
  /** One call; both in hexadecimal. */
  record Vector(String procedure, String request, String reply) {}

  private static final BigInteger MOST = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
  private static final String NIL = "00000000-0000-0000-0000-000000000000";
  private static final String ALL = "ffffffff-ffff-ffff-ffff-ffffffffffff";
  private static final String MIXED = "00112233-4455-6677-8899-aabbccddeeff";

  private final Description description;
  private final DynamicCodec codec;
  private final List<Vector> vectors = new ArrayList<>();

  private ZooVectors(Description description) {
    this.description = description;
    this.codec = DynamicCodec.of(description);
  }

  static List<Vector> all(Description description) throws Exception {
    ZooVectors all = new ZooVectors(description);
    all.numbers();
    all.texts();
    all.arrays();
    all.pointers();
    all.unions();
    all.calls();
    return all.vectors;
  }

  private void add(String procedure, Map<String, ?> in, Map<String, ?> out) throws Exception {
    DeclaredProcedure found =
        description.packages().stream()
            .flatMap(p -> p.procedures().stream())
            .filter(p -> p.name().equals(procedure))
            .findFirst()
            .orElseThrow();
    XdrWriter request = new XdrWriter();
    codec.encodeRequest(found, in, request);
    XdrWriter reply = new XdrWriter();
    codec.encodeReply(found, out, reply);
    HexFormat hex = HexFormat.of();
    vectors.add(
        new Vector(
            procedure, hex.formatHex(request.toByteArray()), hex.formatHex(reply.toByteArray())));
  }

  /** A procedure that gives back what it was given. */
  private void echo(String procedure, Object value) throws Exception {
    add(procedure, Map.of("given", value), Map.of("back", value));
  }

  private static Map<String, Object> row(Object... pairs) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      row.put((String) pairs[i], pairs[i + 1]);
    }
    return row;
  }

  private static Map<String, Object> zero() {
    return row(
        "i", 0, "u", 0, "v", 0, "w", 0, "x", 0, "s", 0, "us", 0, "c", 0, "uc", 0, "h", 0, "uh", 0,
        "b", false, "kind", "ZOO_CAT", "id", NIL);
  }

  private static Map<String, Object> least() {
    int i = Integer.MIN_VALUE;
    return row(
        "i",
        i,
        "u",
        1,
        "v",
        1,
        "w",
        i,
        "x",
        1,
        "s",
        -32768,
        "us",
        1,
        "c",
        -128,
        "uc",
        1,
        "h",
        Long.MIN_VALUE,
        "uh",
        1,
        "b",
        false,
        "kind",
        "ZOO_LOW",
        "id",
        MIXED);
  }

  private static Map<String, Object> most() {
    int i = Integer.MAX_VALUE;
    return row(
        "i",
        i,
        "u",
        4294967295L,
        "v",
        4294967295L,
        "w",
        i,
        "x",
        4294967295L,
        "s",
        32767,
        "us",
        65535,
        "c",
        127,
        "uc",
        255,
        "h",
        Long.MAX_VALUE,
        "uh",
        MOST,
        "b",
        true,
        "kind",
        "ZOO_LAST",
        "id",
        ALL);
  }

  private void numbers() throws Exception {
    echo("Numbers", zero());
    echo("Numbers", least());
    echo("Numbers", most());
    Map<String, Object> unknown = most();
    unknown.put("kind", 12345);
    echo("Numbers", unknown);
  }

  private void texts() throws Exception {
    echo(
        "Texts",
        row(
            "fixed",
            "",
            "text",
            "",
            "open",
            "",
            "exact",
            "0000000000",
            "some",
            "",
            "any",
            "",
            "letters",
            "",
            "bytes",
            "000000"));
    echo(
        "Texts",
        row(
            "fixed",
            "sixteen octets!!",
            "text",
            "t".repeat(40),
            "open",
            "o".repeat(3001),
            "exact",
            "01020304ff",
            "some",
            "010203040506070809",
            "any",
            "ab".repeat(5003),
            "letters",
            "letters",
            "bytes",
            "80ff7f"));
    for (int n = 1; n < 5; n++) {
      String text = "\u00e9\u20ac".repeat(n); // UTF-8 of five octets
      echo(
          "Texts",
          row(
              "fixed",
              "\u20ac".repeat(n),
              "text",
              text,
              "open",
              text,
              "exact",
              "ff00ff00ff",
              "some",
              "aa".repeat(n),
              "any",
              "00".repeat(n),
              "letters",
              "\udcff".repeat(n),
              "bytes",
              "0a0b0c"));
    }
  }

  private void arrays() throws Exception {
    echo(
        "Arrays",
        row(
            "ints",
            List.of(0, 0, 0),
            "few",
            List.of(),
            "hypers",
            List.of(0, 0),
            "longs",
            List.of(),
            "shorts",
            List.of(),
            "ushorts",
            List.of(0, 0),
            "kinds",
            List.of("ZOO_CAT", "ZOO_CAT"),
            "kinds2",
            List.of(),
            "bools",
            List.of(),
            "names",
            List.of("", ""),
            "blobs",
            List.of(),
            "matrix",
            nCopies(2, List.of(0, 0, 0)),
            "rows",
            List.of(),
            "herd",
            List.of(),
            "last",
            List.of(0, 0, 0)));
    echo(
        "Arrays",
        row(
            "ints",
            List.of(-1, 1, Integer.MIN_VALUE),
            "few",
            nCopies(4, 4294967295L),
            "hypers",
            List.of(Long.MIN_VALUE, -1),
            "longs",
            nCopies(2, MOST),
            "shorts",
            List.of(-1, 32767, -32768),
            "ushorts",
            List.of(65535, 1),
            "kinds",
            List.of("ZOO_LOW", 77),
            "kinds2",
            List.of("ZOO_DOG", "ZOO_COW"),
            "bools",
            List.of(true, false, true),
            "names",
            List.of("n".repeat(10), "m"),
            "blobs",
            List.of("00".repeat(12), "ff"),
            "matrix",
            List.of(List.of(1, 2, 3), List.of(4, 5, 6)),
            "rows",
            nCopies(2, List.of(7, 8, 9)),
            "herd",
            nCopies(5, most()),
            "last",
            List.of(1, 2, 3)));
  }

  private static List<Map<String, Object>> nodes(int count) {
    List<Map<String, Object>> nodes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      nodes.add(row("value", i, "name", "n" + i));
    }
    return nodes;
  }

  private void pointers() throws Exception {
    for (int count : List.of(0, 1, 2, 1000)) {
      echo("List", nodes(count));
    }
    Map<String, Object> nothing = row("numbers", null, "number", null, "row", null, "list", null);
    add("Maybe", Map.of("given", nothing), Map.of("back", nothing));
    echo("Maybe", row("numbers", least(), "number", -5, "row", List.of(1, 2, 3), "list", nodes(3)));
  }

  private void unions() throws Exception {
    for (Map<String, Object> cage :
        List.of(
            row("door", 1, "numbers", most()),
            row("door", 2, "name", "ten octets"),
            row("door", 5),
            row("door", -1, "lock", "010203040506"),
            row("door", 9, "list", nodes(2)),
            row("door", 77, "other", -7))) {
      echo("Cages", row("cage", cage, "pens", List.of(), "gate", row("open", true, "guests", 3)));
    }
    echo(
        "Cages",
        row(
            "cage",
            row("door", 0, "other", 0),
            "pens",
            List.of(
                row("kind", "ZOO_CAT", "lives", 9),
                row("kind", "ZOO_COW", "milk", List.of(1, 2, 3)),
                row("kind", "ZOO_CAT", "lives", -1)),
            "gate",
            row("open", false)));
  }

  private void calls() throws Exception {
    scalars(0, 0, 0, 0, 0, 0, 0, false, "ZOO_CAT", "", "");
    scalars(
        -1,
        4294967295L,
        -32768,
        65535,
        255,
        Long.MIN_VALUE,
        MOST,
        true,
        "ZOO_LAST",
        "ten octets",
        "ff".repeat(12));
    for (int letter : List.of(-128, -1, 0, 65, 127)) {
      add("Letter", Map.of("in", letter), Map.of("out", letter));
    }
    add("Both", Map.of("numbers", least(), "count", 41), Map.of("numbers", least(), "count", 42));
    add("Nothing", Map.of(), Map.of());
    add("Fail", Map.of("code", 0), Map.of());
    for (int code : List.of(1, 363524, -1000, Integer.MIN_VALUE, Integer.MAX_VALUE)) {
      String request = HexFormat.of().toHexDigits(code);
      vectors.add(new Vector("Fail", request, "abort " + code));
    }
    echo("Renamed", -3);
    echo("Many", 5);
    echo("First", 6);
    add("Second", Map.of("given", 6), Map.of("back", 7));
    for (long length : List.of(0L, 1L, 8191L, 1_000_003L)) {
      add("Store", Map.of("length", length), Map.of("stored", length, "sum", sum(length)));
      add("Fetch", Map.of("length", length), Map.of("sum", sum(length)));
    }
  }

  private static long sum(long length) {
    int sum = 0;
    for (long i = 0; i < length; i++) {
      sum += (int) (i * 7 & 0xff);
    }
    return Integer.toUnsignedLong(sum);
  }

  private void scalars(Object... values) throws Exception {
    Map<String, Object> in = new LinkedHashMap<>();
    Map<String, Object> out = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      String name = String.valueOf((char) ('a' + i));
      in.put(name, values[i]);
      out.put(name + "2", values[i]);
    }
    add("Scalars", in, out);
  }
}
