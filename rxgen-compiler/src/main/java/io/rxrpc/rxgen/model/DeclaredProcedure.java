// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.model;

import io.rxrpc.rxgen.source.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A procedure.
 *
 * @param name without the package's prefix; the package's own name where the description has none
 * @param serverName what C's dispatcher calls; null where it follows from the prefix
 * @param opcode the first word of a request
 * @param opcodeName the constant that the description gives the opcode by; null where it is a
 *     number
 * @param parameters in their order
 * @param mode how it is called
 * @param documentation what a comment before it says
 * @param place where the name stands
 */
public record DeclaredProcedure(
    String name,
    @Nullable String serverName,
    int opcode,
    @Nullable String opcodeName,
    List<Parameter> parameters,
    Mode mode,
    Documentation documentation,
    Place place) {

  /** How a procedure is called. */
  public enum Mode {
    /** As a whole. */
    PLAIN,
    /** With data of the application's own between request and reply. */
    SPLIT,
    /** Also at many servers at once. */
    MULTI
  }

  /** Which way a parameter goes. */
  public enum Direction {
    /** Into the request. */
    IN,
    /** Into the reply. */
    OUT,
    /** Into both. */
    INOUT;

    /** {@return whether it is part of the request} */
    public boolean isIn() {
      return this != OUT;
    }

    /** {@return whether it is part of the reply} */
    public boolean isOut() {
      return this != IN;
    }
  }

  /**
   * A parameter. What C passes by pointer is no optional value: the type is that of what it points
   * to.
   *
   * @param direction which way it goes
   * @param name the name
   * @param type the type
   * @param place where it stands
   */
  public record Parameter(Direction direction, String name, Type type, Place place) {}

  /** {@return the parameters of the request} */
  public List<Parameter> in() {
    return parameters.stream().filter(p -> p.direction().isIn()).toList();
  }

  /** {@return the parameters of the reply} */
  public List<Parameter> out() {
    return parameters.stream().filter(p -> p.direction().isOut()).toList();
  }
}
