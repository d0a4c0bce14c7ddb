// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The octets of heap of the objects that one thing leads to and another of its kind does not, by
 * the layout that the JVM gives them with compressed references: headers of 12 octets, references
 * of 4, everything a multiple of 8. Counted, not measured: the same on each run.
 */
final class Footprint {
  private static final int HEADER = 12;
  private static final int ARRAY_HEADER = 16;
  private static final int REFERENCE = 4;

  /** A socket address with its holder, the IPv4 address in it and that one's holder. */
  private static final int ADDRESS = 16 + 24 + 24 + 32;

  private Footprint() {}

  /** The octets by class of what only {@code one} leads to. */
  static Map<String, Integer> of(Object one, Object other) {
    Map<String, Integer> sizes = new TreeMap<>();
    Set<Object> shared = reach(other);
    for (Object found : reach(one)) {
      if (!shared.contains(found)) {
        sizes.merge(found.getClass().getSimpleName(), size(found), Integer::sum);
      }
    }
    return sizes;
  }

  static int sum(Map<String, Integer> sizes) {
    return sizes.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static Set<Object> reach(Object from) {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    ArrayDeque<Object> next = new ArrayDeque<>(List.of(from));
    while (!next.isEmpty()) {
      Object o = next.remove();
      if (seen.add(o)) {
        next.addAll(references(o));
      }
    }
    return seen;
  }

  private static List<Object> references(Object o) {
    List<Object> found = new ArrayList<>();
    if (o instanceof Object[] array) {
      for (Object element : array) {
        add(found, element);
      }
    } else if (o instanceof ArrayList<?> list) {
      found.addAll(list);
    } else if (isOurs(o)) {
      for (Class<?> type = o.getClass(); type != Object.class; type = type.getSuperclass()) {
        for (Field field : type.getDeclaredFields()) {
          if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
            add(found, get(field, o));
          }
        }
      }
    }
    return found;
  }

  private static void add(List<Object> found, Object reference) {
    if (reference != null && !(reference instanceof Enum<?>) && !isEndpoints(reference)) {
      found.add(reference);
    }
  }

  private static Object get(Field field, Object o) {
    try {
      field.setAccessible(true);
      return field.get(o);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  /** What leads to everything there is. */
  private static boolean isEndpoints(Object o) {
    return o instanceof EngineContext || o instanceof ServiceSide;
  }

  private static boolean isOurs(Object o) {
    return o.getClass().getName().startsWith("io.rxrpc.") && !o.getClass().isHidden();
  }

  private static int size(Object o) {
    if (o.getClass().isArray()) {
      return align(ARRAY_HEADER + Array.getLength(o) * width(o.getClass().getComponentType()));
    }
    if (o instanceof InetSocketAddress) {
      return ADDRESS;
    }
    if (o instanceof ArrayList<?> list) { // as long as it needs to be, which is the least
      return 24 + align(ARRAY_HEADER + list.size() * REFERENCE);
    }
    if (!isOurs(o)) {
      throw new AssertionError("the layout of " + o.getClass() + " is not known here");
    }
    int octets = HEADER;
    for (Class<?> type = o.getClass(); type != Object.class; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          octets += width(field.getType());
        }
      }
    }
    return align(octets);
  }

  private static int width(Class<?> type) {
    if (!type.isPrimitive()) {
      return REFERENCE;
    }
    return type == long.class || type == double.class
        ? Long.BYTES
        : type == int.class || type == float.class
            ? Integer.BYTES
            : type == short.class || type == char.class ? Short.BYTES : 1;
  }

  private static int align(int octets) {
    return (octets + 7) & ~7;
  }
}
