// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.xdr;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A type made up of random, with a value of it.
 *
 * @param <T> the value's type
 */
record RandomValue<T>(String type, T value, XdrEncoder<T> write, XdrDecoder<T> read) {
  private static final int KINDS = 24;

  void encode(XdrWriter out) throws IOException {
    write.encode(value, out);
  }

  static RandomValue<?> of(RandomGenerator random, int depth) {
    int n = random.nextInt(8) == 0 ? random.nextInt(9_000) : random.nextInt(20);
    int max = n + random.nextInt(3);
    return switch (random.nextInt(depth > 0 ? KINDS : 18)) {
      case 0 -> new RandomValue<>("int", random.nextInt(), (v, o) -> o.int32(v), i -> i.int32("f"));
      case 1 ->
          new RandomValue<>("hyper", random.nextLong(), (v, o) -> o.int64(v), i -> i.int64("f"));
      case 2 ->
          new RandomValue<>(
              "short", (short) random.nextInt(), (v, o) -> o.int16(v), i -> i.int16("f"));
      case 3 ->
          new RandomValue<>(
              "ushort", random.nextInt(65536), (v, o) -> o.uint16("f", v), i -> i.uint16("f"));
      case 4 ->
          new RandomValue<>("char", (byte) random.nextInt(), (v, o) -> o.int8(v), i -> i.int8("f"));
      case 5 ->
          new RandomValue<>(
              "uchar", random.nextInt(256), (v, o) -> o.uint8("f", v), i -> i.uint8("f"));
      case 6 ->
          new RandomValue<>("bool", random.nextBoolean(), (v, o) -> o.bool(v), i -> i.bool("f"));
      case 7 ->
          new RandomValue<>(
              "double", random.nextDouble(), (v, o) -> o.float64(v), i -> i.float64("f"));
      case 8 ->
          new RandomValue<>(
              "uuid",
              new UUID(random.nextLong(), random.nextLong()),
              (v, o) -> o.uuid(v),
              i -> i.uuid("f"));
      case 9 ->
          new RandomValue<>(
              "opaque[" + n + "]",
              Octets.owned(octets(random, n)),
              (v, o) -> o.opaque("f", n, v),
              i -> i.opaque("f", n));
      case 10 ->
          new RandomValue<>(
              "opaque<" + max + ">",
              Octets.owned(octets(random, n)),
              (v, o) -> o.opaqueUpTo("f", max, v),
              i -> i.opaqueUpTo("f", max));
      case 11 ->
          new RandomValue<>(
              "string<" + max + ">",
              XdrText.decode(octets(random, n)).replace('\0', '0'),
              (v, o) -> o.string("f", max, v),
              i -> i.string("f", max));
      case 12 ->
          new RandomValue<>(
              "char[" + max + "]",
              XdrText.decode(octets(random, n)).replaceAll("\0+$", ""),
              (v, o) -> o.chars("f", max, v),
              i -> i.chars("f", max));
      case 13 ->
          new RandomValue<>(
              "char<" + max + ">",
              XdrText.decode(octets(random, n)),
              (v, o) -> o.charsUpTo("f", max, v),
              i -> i.charsUpTo("f", max));
      case 14 ->
          new RandomValue<>(
              "uchar<" + max + ">",
              Octets.owned(octets(random, n)),
              (v, o) -> o.uint8sUpTo("f", max, v),
              i -> i.uint8sUpTo("f", max));
      case 15 ->
          new RandomValue<>(
              "int[" + n + "]",
              Ints.owned(random.ints(n).toArray()),
              (v, o) -> o.ints("f", n, v),
              i -> i.ints("f", n));
      case 16 ->
          new RandomValue<>(
              "int<" + max + ">",
              Ints.owned(random.ints(n).toArray()),
              (v, o) -> o.intsUpTo("f", max, v),
              i -> i.intsUpTo("f", max));
      case 17 ->
          new RandomValue<>(
              "hyper<" + max + ">",
              Longs.owned(random.longs(n).toArray()),
              (v, o) -> o.longsUpTo("f", max, v),
              i -> i.longsUpTo("f", max));
      default -> composed(random, depth - 1, random.nextInt(5));
    };
  }

  /** Values of one type, and what is made of them. */
  private static RandomValue<?> composed(RandomGenerator random, int depth, int n) {
    return switch (random.nextInt(5)) {
      case 0 -> structure(random, depth, n);
      case 1 -> list(of(random, depth), n, true);
      case 2 -> list(of(random, depth), n, false);
      case 3 -> chain(of(random, depth), n);
      default -> optional(of(random, depth), n > 1);
    };
  }

  private static RandomValue<List<?>> structure(RandomGenerator random, int depth, int n) {
    List<RandomValue<?>> fields = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      fields.add(of(random, depth));
    }
    return new RandomValue<>(
        "struct" + fields.stream().map(RandomValue::type).toList(),
        List.copyOf(fields.stream().map(RandomValue::value).toList()),
        (values, out) -> {
          for (RandomValue<?> field : fields) {
            out.struct("f", field, RandomValue::encode);
          }
        },
        in -> {
          List<Object> values = new ArrayList<>();
          for (RandomValue<?> field : fields) {
            values.add(in.struct("f", field.read));
          }
          return values;
        });
  }

  private static <E> RandomValue<List<E>> list(RandomValue<E> element, int n, boolean fixed) {
    List<E> values = java.util.Collections.nCopies(n, element.value);
    return fixed
        ? new RandomValue<>(
            element.type + "[" + n + "]",
            values,
            (v, out) -> out.list("f", n, v, element.write),
            in -> in.list("f", n, element.read))
        : new RandomValue<>(
            element.type + "<" + n + ">",
            values,
            (v, out) -> out.listUpTo("f", n, v, element.write),
            in -> in.listUpTo("f", n, element.read));
  }

  private static <E> RandomValue<List<E>> chain(RandomValue<E> node, int n) {
    return new RandomValue<>(
        node.type + "...",
        java.util.Collections.nCopies(n, node.value),
        (v, out) -> out.chain("f", v, node.write),
        in -> in.chain("f", node.read));
  }

  private static <E> RandomValue<Optional<E>> optional(RandomValue<E> some, boolean present) {
    return new RandomValue<>(
        some.type + "*",
        present ? Optional.of(some.value) : Optional.empty(),
        (v, out) -> out.optional("f", v, some.write),
        in -> in.optional("f", some.read));
  }

  private static byte[] octets(RandomGenerator random, int n) {
    byte[] octets = new byte[n];
    random.nextBytes(octets);
    if (random.nextBoolean()) {
      for (int i = 0; i < n; i++) {
        octets[i] &= 0x7f; // ASCII is what there mostly is
      }
    }
    return octets;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return this == o;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
