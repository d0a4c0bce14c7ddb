// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.packet.ReceiveQueue;
import io.rxrpc.engine.packet.TransmitQueue;
import java.lang.reflect.Field;

/** Moves numbers to where it would take days to get. */
final class Warp {
  private Warp() {}

  /** As if everything up to {@code seq} were sent and hard-acked. */
  static void to(TransmitQueue tx, int seq) {
    Object packets = get(tx, "packets");
    set(packets, "hardAcked", seq);
    set(packets, "top", seq);
    set(packets, "next", seq + 1);
    set(tx.losses, "highestAcked", seq);
  }

  /** As if everything up to {@code seq} had arrived and been read. */
  static void to(ReceiveQueue rx, int seq) {
    set(rx, "consumed", seq);
    set(rx, "inOrder", seq);
    set(rx, "highest", seq);
    set(rx, "toldHard", seq);
  }

  /** The next packet that is built has this number. */
  static void to(PhaseWriter writer, int seq) {
    set(writer, "seq", seq);
  }

  static void serial(Connection connection, int last) {
    Class<?> c = ConnectionHead.class;
    set(c, connection, "serial", last);
  }

  private static Object get(Object o, String field) {
    try {
      Field f = o.getClass().getDeclaredField(field);
      f.setAccessible(true);
      return f.get(o);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(field, e);
    }
  }

  private static void set(Object o, String field, int value) {
    set(o.getClass(), o, field, value);
  }

  private static void set(Class<?> c, Object o, String field, int value) {
    try {
      Field f = c.getDeclaredField(field);
      f.setAccessible(true);
      f.setInt(o, value);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(field, e);
    }
  }
}
