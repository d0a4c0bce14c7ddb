// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.value;

import io.rxrpc.rxgen.model.DeclaredProcedure;
import io.rxrpc.rxgen.model.Description;
import io.rxrpc.rxgen.model.Type;
import io.rxrpc.xdr.XdrReader;
import io.rxrpc.xdr.XdrWriter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads parameters by their description alone. Immutable and thread-safe.
 *
 * <table>
 * <caption>What holds a value</caption>
 * <tr><td>numbers</td><td>any {@link Number} without a fraction, or its digits; read as {@link Long},
 *     or {@link java.math.BigInteger} beyond it</td></tr>
 * <tr><td>float, double</td><td>any number; read as {@link Double}</td></tr>
 * <tr><td>bool</td><td>{@link Boolean}, or {@code "true"}, {@code "false"}</td></tr>
 * <tr><td>enum</td><td>the name as a string, or the number; read as the name where there is
 *     one</td></tr>
 * <tr><td>string, array of char</td><td>{@link String}, as {@link io.rxrpc.xdr.XdrText} has
 *     it</td></tr>
 * <tr><td>opaque, array of unsigned char</td><td>hexadecimal digits as a string</td></tr>
 * <tr><td>afsUUID</td><td>{@link java.util.UUID} or its text; read as text</td></tr>
 * <tr><td>array, linked list</td><td>{@link List}</td></tr>
 * <tr><td>struct</td><td>{@link Map} with every field and no other key</td></tr>
 * <tr><td>union</td><td>{@link Map} with the discriminator and what its arm holds</td></tr>
 * <tr><td>pointer</td><td>null or the value</td></tr>
 * </table>
 */
public final class DynamicCodec {
  private final ValueWriter writer;
  private final ValueReader reader;

  private DynamicCodec(Description description) {
    this.writer = new ValueWriter(description);
    this.reader = new ValueReader(description);
  }

  /**
   * {@return a codec for that description}
   *
   * @param description the description
   */
  public static DynamicCodec of(Description description) {
    return new DynamicCodec(description);
  }

  /**
   * Writes one value.
   *
   * @param type the type
   * @param value the value
   * @param out where it is written to
   * @throws ValueException if it does not fit the type
   * @throws IOException if it cannot be read or written
   */
  public void encode(Type type, @Nullable Object value, XdrWriter out)
      throws ValueException, IOException {
    writer.write(type, value, out);
  }

  /**
   * Reads one value.
   *
   * @param type the type
   * @param in where it is read from
   * @return the value
   * @throws IOException if it cannot be read or written
   */
  public @Nullable Object decode(Type type, XdrReader in) throws IOException {
    return reader.read(type, "", in);
  }

  /**
   * Writes the IN and INOUT parameters of a request, without the opcode.
   *
   * @param procedure the procedure
   * @param values by the names of the parameters
   * @param out where it is written to
   * @throws ValueException if one is missing, unknown or does not fit
   * @throws IOException if it cannot be read or written
   */
  public void encodeRequest(DeclaredProcedure procedure, Map<String, ?> values, XdrWriter out)
      throws ValueException, IOException {
    encode(procedure.in(), procedure, values, out);
  }

  /**
   * Writes the INOUT and OUT parameters of a reply.
   *
   * @param procedure the procedure
   * @param values the values
   * @param out where it is written to
   * @throws ValueException if a value does not fit its type
   * @throws IOException if it cannot be read or written
   */
  public void encodeReply(DeclaredProcedure procedure, Map<String, ?> values, XdrWriter out)
      throws ValueException, IOException {
    encode(procedure.out(), procedure, values, out);
  }

  /**
   * Reads the IN and INOUT parameters of a request, from behind the opcode.
   *
   * @param procedure the procedure
   * @param in where it is read from
   * @return the values by their names
   * @throws IOException if it cannot be read or written
   */
  public Map<String, @Nullable Object> decodeRequest(DeclaredProcedure procedure, XdrReader in)
      throws IOException {
    return decode(procedure.in(), in);
  }

  /**
   * Reads the INOUT and OUT parameters of a reply.
   *
   * @param procedure the procedure
   * @param in where it is read from
   * @return the values by their names
   * @throws IOException if it cannot be read or written
   */
  public Map<String, @Nullable Object> decodeReply(DeclaredProcedure procedure, XdrReader in)
      throws IOException {
    return decode(procedure.out(), in);
  }

  private void encode(
      List<DeclaredProcedure.Parameter> parameters,
      DeclaredProcedure procedure,
      Map<String, ?> values,
      XdrWriter out)
      throws ValueException, IOException {
    for (String name : values.keySet()) {
      if (parameters.stream().noneMatch(parameter -> parameter.name().equals(name))) {
        throw new ValueException(
            name,
            procedure.name()
                + " has no such parameter; it takes "
                + (parameters.isEmpty() ? "none" : names(parameters)));
      }
    }
    for (DeclaredProcedure.Parameter parameter : parameters) {
      String name = parameter.name();
      if (!values.containsKey(name)) {
        throw new ValueException(
            name, "this parameter of " + procedure.name() + " is missing: " + parameter.type());
      }
      try {
        writer.write(parameter.type(), values.get(name), out);
      } catch (ValueException e) {
        throw e.within(name);
      }
    }
  }

  private static String names(List<DeclaredProcedure.Parameter> parameters) {
    return String.join(", ", parameters.stream().map(DeclaredProcedure.Parameter::name).toList());
  }

  private Map<String, @Nullable Object> decode(
      List<DeclaredProcedure.Parameter> parameters, XdrReader in) throws IOException {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (DeclaredProcedure.Parameter parameter : parameters) {
      values.put(parameter.name(), reader.read(parameter.type(), parameter.name(), in));
    }
    return values;
  }
}
