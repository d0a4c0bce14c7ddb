// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import java.lang.foreign.MemorySegment;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** fcrypt by tables, as {@link Pcbc} does it, and what this JVM found that may be faster. */
final class TableFcrypt implements WideFcrypt {
  /** Packets of a run: those of ordinary paths are still in the processor's nearest cache then. */
  static final int RUN = 6;

  /** It has no state. */
  static final WideFcrypt INSTANCE = new TableFcrypt();

  /** The faster way, looked for when this class is first used, or null. */
  static final @Nullable WideFcrypt WIDE = find();

  private TableFcrypt() {}

  private static @Nullable WideFcrypt find() {
    byte[][] boxes = new byte[4][];
    for (int i = 0; i < boxes.length; i++) {
      boxes[i] = Rounds.box(i);
    }
    for (WideFcryptSource source :
        ServiceLoader.load(WideFcryptSource.class, WideFcrypt.class.getClassLoader())) {
      WideFcrypt wide = source.open(boxes, INSTANCE);
      if (wide != null) {
        return wide;
      }
    }
    return null;
  }

  @Override
  public int packetsAtOnce() {
    return RUN;
  }

  @Override
  public boolean encrypts(int packets, int length) {
    return true;
  }

  @Override
  public boolean decrypts(int length) {
    return true;
  }

  @Override
  public void encrypt(
      int[] sums, long iv, MemorySegment memory, long first, long stride, int packets, int length) {
    long at = first;
    int left = packets;
    while (left > 0) {
      int together = left == 4 ? 2 : Math.min(left, 3); // four as two and two: one alone is slow
      switch (together) {
        case 3 -> Pcbc.encryptThree(sums, iv, memory, at, stride, length);
        case 2 -> Pcbc.encryptTwo(sums, iv, memory, at, stride, length);
        default -> Pcbc.encrypt(sums, iv, memory, at, memory, at, length);
      }
      at += together * stride;
      left -= together;
    }
  }

  @Override
  public void decrypt(
      int[] sums,
      long iv,
      MemorySegment source,
      long from,
      MemorySegment destination,
      long to,
      int length) {
    Pcbc.decrypt(sums, iv, source, from, destination, to, length);
  }
}
