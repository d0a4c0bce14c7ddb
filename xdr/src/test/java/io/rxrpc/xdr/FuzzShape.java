// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.xdr;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads and writes the fields that a few octets name. */
final class FuzzShape {
  /** One field of each kind; the last one means that there are no more. */
  static final int KINDS = 24;

  private static final int SIZE = 5;
  private static final int MAX = 40;

  private FuzzShape() {}

  private record Tree(Optional<Tree> left, Optional<Tree> right) {
    static Tree decode(XdrReader in) throws IOException {
      return new Tree(in.optional("left", Tree::decode), in.optional("right", Tree::decode));
    }

    void encode(XdrWriter out) throws IOException {
      out.optional("left", left, Tree::encode);
      out.optional("right", right, Tree::encode);
    }
  }

  private record Nothing() {}

  private record Field<T>(XdrDecoder<T> read, XdrEncoder<T> write) {
    @SuppressWarnings("unchecked") // each value goes where it came from
    void put(Object value, XdrWriter out) throws IOException {
      write.encode((T) value, out);
    }
  }

  private static <T> Field<T> field(XdrDecoder<T> read, XdrEncoder<T> write) {
    return new Field<>(read, write);
  }

  private static final List<Field<?>> FIELDS =
      Stream.<Field<?>>of(
              field(in -> in.int32("i"), (v, out) -> out.int32(v)),
              field(in -> in.int64("h"), (v, out) -> out.int64(v)),
              field(in -> in.int16("s"), (v, out) -> out.int16(v)),
              field(in -> in.uint16("us"), (v, out) -> out.uint16("us", v)),
              field(in -> in.int8("c"), (v, out) -> out.int8(v)),
              field(in -> in.uint8("uc"), (v, out) -> out.uint8("uc", v)),
              field(in -> in.bool("b"), (v, out) -> out.bool(v)),
              field(in -> in.uuid("uuid"), (v, out) -> out.uuid(v)),
              field(in -> in.opaque("o", SIZE), (v, out) -> out.opaque("o", SIZE, v)),
              field(in -> in.opaqueUpTo("ov", MAX), (v, out) -> out.opaqueUpTo("ov", MAX, v)),
              field(in -> in.string("str", MAX), (v, out) -> out.string("str", MAX, v)),
              field(in -> in.chars("ca", SIZE), (v, out) -> out.chars("ca", SIZE, v)),
              field(in -> in.charsUpTo("cv", MAX), (v, out) -> out.charsUpTo("cv", MAX, v)),
              field(in -> in.uint8sUpTo("uv", MAX), (v, out) -> out.uint8sUpTo("uv", MAX, v)),
              field(in -> in.ints("ia", SIZE), (v, out) -> out.ints("ia", SIZE, v)),
              field(
                  in -> in.intsUpTo("iv", XdrLimits.UNBOUNDED),
                  (v, out) -> out.intsUpTo("iv", XdrLimits.UNBOUNDED, v)),
              field(in -> in.longsUpTo("hv", MAX), (v, out) -> out.longsUpTo("hv", MAX, v)),
              field(
                  in -> in.listUpTo("l", MAX, e -> e.string("", 3)),
                  (v, out) -> out.listUpTo("l", MAX, v, (e, to) -> to.string("", 3, e))),
              field(
                  in -> in.listUpTo("n", XdrLimits.UNBOUNDED, e -> new Nothing()),
                  (v, out) -> out.listUpTo("n", XdrLimits.UNBOUNDED, v, (e, to) -> {})),
              field(
                  in -> in.list("ll", 2, e -> e.listUpTo("", 3, f -> f.int8(""))),
                  (v, out) ->
                      out.list("ll", 2, v, (e, to) -> to.listUpTo("", 3, e, (f, o) -> o.int8(f)))),
              field(
                  in -> in.chain("chain", e -> e.string("x", MAX)),
                  (v, out) -> out.chain("chain", v, (e, to) -> to.string("x", MAX, e))),
              field(
                  in -> in.struct("tree", Tree::decode),
                  (v, out) -> out.struct("tree", v, Tree::encode)),
              field(
                  in -> in.optional("opt", e -> e.int64("x")),
                  (v, out) -> out.optional("opt", v, (e, to) -> to.int64(e))))
          .toList();

  private static int kind(byte b) {
    return (b & 0xff) % KINDS;
  }

  static List<Object> read(byte[] type, XdrReader in) throws IOException {
    List<Object> values = new ArrayList<>();
    for (byte b : type) {
      if (kind(b) == KINDS - 1) {
        break;
      }
      values.add(FIELDS.get(kind(b)).read().decode(in));
    }
    return values;
  }

  static void write(byte[] type, List<?> values, XdrWriter out) throws IOException {
    Iterator<?> next = values.iterator();
    for (int i = 0; next.hasNext(); i++) {
      FIELDS.get(kind(type[i])).put(next.next(), out);
    }
  }
}
