package io.rxrpc.interop.afs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;

/** Writes XDR as Rx has it: big-endian, everything a multiple of four bytes. */
public final class XdrWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** The arguments of a call begin with its number. */
  public static XdrWriter call(int opcode) {
    return new XdrWriter().int32(opcode);
  }

  public XdrWriter int32(int value) {
    out.write(value >>> 24);
    out.write(value >>> 16);
    out.write(value >>> 8);
    out.write(value);
    return this;
  }

  public XdrWriter int64(long value) {
    return int32((int) (value >>> 32)).int32((int) value);
  }

  public XdrWriter ints(int... values) {
    for (int value : values) {
      int32(value);
    }
    return this;
  }

  public XdrWriter string(String text) {
    return opaque(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  public XdrWriter opaque(byte[] bytes) {
    int32(bytes.length).bytes(bytes);
    return bytes(new byte[-bytes.length & 3]);
  }

  /** Bytes that are no XDR: the bulk data of a split call. */
  public XdrWriter bytes(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  /** {@code char[n]}: each takes four bytes. */
  public XdrWriter chars(String text, int n) {
    for (int i = 0; i < n; i++) {
      int32(i < text.length() ? text.charAt(i) : 0);
    }
    return this;
  }

  public <T> XdrWriter list(List<T> values, BiConsumer<XdrWriter, T> element) {
    int32(values.size());
    values.forEach(value -> element.accept(this, value));
    return this;
  }

  public XdrWriter intList(List<Integer> values) {
    return list(values, XdrWriter::int32);
  }

  public byte[] toBytes() {
    return out.toByteArray();
  }
}
