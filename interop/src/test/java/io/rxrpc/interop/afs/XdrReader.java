package io.rxrpc.interop.afs;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads XDR as Rx has it: big-endian, everything a multiple of four bytes. */
public final class XdrReader {
  private final ByteBuffer in;

  public XdrReader(byte[] bytes) {
    in = ByteBuffer.wrap(bytes);
  }

  public int int32() {
    return in.getInt();
  }

  public long uint32() {
    return Integer.toUnsignedLong(in.getInt());
  }

  public long int64() {
    return in.getLong();
  }

  /** {@code string<max>}. */
  public String string(int max) {
    return new String(opaque(max), StandardCharsets.ISO_8859_1);
  }

  /** {@code opaque<max>}. */
  public byte[] opaque(int max) {
    int length = count(max, 1);
    byte[] bytes = bytes(length);
    in.position(in.position() + (-length & 3));
    return bytes;
  }

  /** Bytes that are no XDR: the bulk data of a split call. */
  public byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  /** {@code char[n]}, of which each takes four bytes, up to its NUL. */
  public String chars(int n) {
    StringBuilder text = new StringBuilder();
    boolean ended = false;
    for (int i = 0; i < n; i++) {
      char c = (char) (in.getInt() & 0xff);
      ended |= c == 0;
      if (!ended) {
        text.append(c);
      }
    }
    return text.toString();
  }

  /** {@code int[n]}. */
  public int[] ints(int n) {
    if (n * 4L > in.remaining()) {
      throw new BufferUnderflowException();
    }
    int[] values = new int[n];
    for (int i = 0; i < n; i++) {
      values[i] = in.getInt();
    }
    return values;
  }

  /** {@code T<max>}, whose elements take at least {@code least} bytes. */
  public <T> List<T> list(int max, int least, Function<XdrReader, T> element) {
    int n = count(max, least);
    List<T> values = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      values.add(element.apply(this));
    }
    return values;
  }

  /** {@code int<max>}. */
  public List<Integer> intList(int max) {
    return list(max, 4, XdrReader::int32);
  }

  public AfsUuid uuid() {
    return AfsUuid.read(this);
  }

  public int remaining() {
    return in.remaining();
  }

  private int count(int max, int least) {
    int n = in.getInt();
    if (n < 0 || n > max || (long) n * least > in.remaining()) {
      throw new IllegalArgumentException(
          "count " + n + ", at most " + max + ", " + in.remaining() + " bytes left");
    }
    return n;
  }
}
