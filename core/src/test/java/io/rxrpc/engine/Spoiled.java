// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.packet.BufferPool;
import io.rxrpc.engine.policy.MtuSearch;
import io.rxrpc.engine.policy.PathWindow;
import io.rxrpc.engine.policy.RttEstimator;
import io.rxrpc.security.SealedPacket;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The parts of a call's gear, field by field: each can be given a value that no part has at first,
 * and two can be compared. So a field that is forgotten when gear is used again is found by name,
 * also one that does not exist yet.
 */
final class Spoiled {
  /** What is left as it is when a call gives its gear back: memory is back, and nobody reads. */
  private static final Set<String> SETTLED =
      Set.of("ReceiveQueue.held", "ReceiveQueue.reading", "SentPackets.inFlight");

  /** Their places are filled when a packet takes them. */
  private static final Set<String> PLACES = Set.of("SentPackets", "ReceiveQueue");

  /** Not the call's. */
  private static final Set<Class<?>> OTHERS =
      Set.of(
          BufferPool.class,
          Counters.class,
          PathWindow.class,
          RttEstimator.class,
          Reach.class,
          MtuSearch.class,
          CallTuning.class);

  private Spoiled() {}

  /** Gives each field that can change a value of its own, however deep it lies. */
  static int spoil(Object part) throws IllegalAccessException {
    int spoiled = 0;
    for (Field field : fields(part)) {
      String name = part.getClass().getSimpleName() + "." + field.getName();
      Class<?> type = field.getType();
      if (type.isPrimitive()) {
        if (!Modifier.isFinal(field.getModifiers()) && !SETTLED.contains(name)) {
          field.set(part, garbage(type));
          spoiled++;
        }
      } else if (field.get(part) instanceof int[] array && !isPlace(part)) {
        Arrays.fill(array, 77);
      } else if (field.get(part) instanceof long[] array && !isPlace(part)) {
        Arrays.fill(array, 77);
      } else if (isPart(field.get(part))) {
        spoiled += spoil(field.get(part));
      }
    }
    return spoiled;
  }

  private static Object garbage(Class<?> type) {
    if (type == boolean.class) {
      return true;
    }
    if (type == int.class) {
      return 77;
    }
    if (type == long.class) {
      return 77L;
    }
    throw new AssertionError("a field of type " + type + " is not known here");
  }

  /** The fields in which two parts differ. */
  static List<String> differences(Object one, Object other) throws IllegalAccessException {
    List<String> found = new ArrayList<>();
    String type = one.getClass().getSimpleName();
    for (Field field : fields(one)) {
      Object a = field.get(one);
      Object b = field.get(other);
      String name = type + "." + field.getName();
      if (isPart(a) && b != null && a.getClass() == b.getClass()) {
        found.addAll(differences(a, b));
      } else if (a != null && a.getClass().isArray()) {
        if (!sameArrays(a, b, isPlace(one))) {
          found.add(name);
        }
      } else if (!Objects.equals(a, b)) {
        found.add(name + ": " + a + " instead of " + b);
      }
    }
    return found;
  }

  /** Of places only what still holds memory counts. */
  private static boolean sameArrays(Object a, Object b, boolean places) {
    int length = Array.getLength(a);
    for (int i = 0; i < length; i++) {
      boolean nothing = a instanceof Object[] objects ? objects[i] == null : places;
      if (places ? !nothing : !Array.get(a, i).equals(at(b, i))) {
        return false;
      }
    }
    return true;
  }

  /** What is not there yet is 0. */
  private static Object at(Object array, int i) {
    Number none = array instanceof long[] ? (Number) 0L : (Number) 0;
    return i < Array.getLength(array) ? Array.get(array, i) : none;
  }

  private static boolean isPlace(Object part) {
    return PLACES.contains(part.getClass().getSimpleName());
  }

  private static boolean isPart(Object o) {
    return o != null
        && o.getClass().getName().startsWith("io.rxrpc.engine.")
        && !OTHERS.contains(o.getClass());
  }

  private static List<Field> fields(Object part) {
    List<Field> found = new ArrayList<>();
    for (Field field : part.getClass().getDeclaredFields()) {
      // a cursor is set as a whole before it is used
      if (!Modifier.isStatic(field.getModifiers()) && field.getType() != SealedPacket.class) {
        field.setAccessible(true);
        found.add(field);
      }
    }
    return found;
  }
}
