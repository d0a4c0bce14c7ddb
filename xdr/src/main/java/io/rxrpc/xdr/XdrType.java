// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.xdr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * A named type of a description, for values that are read or written on their own.
 *
 * @param name as the description has it; the first part of the paths in errors
 * @param decoder reads a value
 * @param encoder writes one
 * @param <T> the value's type in Java
 */
public record XdrType<T>(String name, XdrDecoder<T> decoder, XdrEncoder<T> encoder) {
  /** Checks that all are there. */
  public XdrType {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(decoder, "decoder");
    Objects.requireNonNull(encoder, "encoder");
  }

  /**
   * Reads one value; what follows it stays in the reader.
   *
   * @param in where it is read from
   * @return this
   * @throws IOException if it cannot be read or written
   */
  public T decode(XdrReader in) throws IOException {
    return in.struct(name, decoder);
  }

  /**
   * Reads the value that these octets are, with the default limits.
   *
   * @param octets the data
   * @return this
   * @throws XdrException when they are none, or something follows
   */
  public T decode(byte[] octets) throws XdrException {
    XdrReader in = XdrReader.of(octets);
    try {
      T value = decode(in);
      in.end(name);
      return value;
    } catch (XdrException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
  }

  /**
   * Writes one value.
   *
   * @param value the value
   * @param out where it is written to
   * @throws IOException if it cannot be read or written
   */
  public void encode(T value, XdrWriter out) throws IOException {
    out.struct(name, value, encoder);
  }

  /**
   * {@return the octets of a value}
   *
   * @param value the value
   * @throws XdrException when it is out of the bounds of its type
   */
  public byte[] encode(T value) throws XdrException {
    XdrWriter out = new XdrWriter();
    try {
      encode(value, out);
      return out.toByteArray();
    } catch (XdrException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
  }
}
