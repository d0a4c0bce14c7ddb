// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.model;

import io.rxrpc.rxgen.source.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The procedures of one service.
 *
 * @param name as the description has it, such as {@code RXAFS_}
 * @param statIndex its number for statistics; -1 where it has none
 * @param splitStart what stands before the name of the first half of a split call, {@code Start}
 *     unless the description says otherwise
 * @param splitEnd what stands before the name of the second half, {@code End} unless the
 *     description says otherwise
 * @param procedures in the order of the description
 * @param place where the name stands
 */
public record RpcPackage(
    String name,
    int statIndex,
    String splitStart,
    String splitEnd,
    List<DeclaredProcedure> procedures,
    Place place) {

  /**
   * {@return the procedure of that name, with or without the package's; null where there is none}
   *
   * @param wanted the name
   */
  public @Nullable DeclaredProcedure procedure(String wanted) {
    for (DeclaredProcedure procedure : procedures) {
      if (procedure.name().equals(wanted) || (name + procedure.name()).equals(wanted)) {
        return procedure;
      }
    }
    return null;
  }
}
