// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.cpp;

import io.rxrpc.rxgen.source.Place;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a name stands for.
 *
 * @param name the name
 * @param parameters null where the macro takes none and no brackets either
 * @param variadic whether the last parameter takes all further arguments
 * @param body what it stands for
 * @param place where it was defined
 */
public record Macro(
    String name,
    @Nullable List<String> parameters,
    boolean variadic,
    List<CppToken> body,
    Place place) {

  /** Whether both stand for the same, wherever they were defined. */
  boolean sameAs(Macro other) {
    if (!Objects.equals(parameters, other.parameters) || body.size() != other.body.size()) {
      return false;
    }
    for (int i = 0; i < body.size(); i++) {
      CppToken one = body.get(i);
      CppToken two = other.body.get(i);
      if (one.kind() != two.kind() || !one.text().equals(two.text())) {
        return false;
      }
    }
    return true;
  }
}
