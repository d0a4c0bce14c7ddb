// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.value;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values in messages. */
final class Shown {
  private Shown() {}

  static String of(@Nullable Object value) {
    return switch (value) {
      case null -> "nothing";
      case Map<?, ?> _ -> "an object";
      case List<?> _ -> "a list";
      case String text -> "'" + (text.length() > 40 ? text.substring(0, 37) + "..." : text) + "'";
      default -> {
        String text = value.toString();
        yield text.length() > 40 ? text.substring(0, 37) + "..." : text;
      }
    };
  }
}
