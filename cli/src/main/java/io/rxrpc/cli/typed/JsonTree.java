// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.typed;

import io.rxrpc.rxgen.value.Absent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of described types as JSON has them; {@link JsonText} reads them back as they were. */
public final class JsonTree {
  private JsonTree() {}

  /** Results or parameters by their names. */
  public static Map<String, @Nullable Object> of(Map<String, ? extends @Nullable Object> values) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    values.forEach((name, value) -> tree.put(name, node(value)));
    return tree;
  }

  private static @Nullable Object node(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        map.forEach((name, field) -> tree.put(String.valueOf(name), node(field)));
        yield tree;
      }
      case List<?> list -> {
        List<@Nullable Object> tree = new ArrayList<>(list.size());
        list.forEach(element -> tree.add(node(element)));
        yield tree;
      }
      case Absent _ -> null;
      // JSON has no such numbers; as text they are read again
      case Double real when !Double.isFinite(real) -> real.toString();
      case null, default -> value;
    };
  }
}
