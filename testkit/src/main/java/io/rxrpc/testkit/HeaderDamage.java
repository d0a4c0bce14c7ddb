// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit;

import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.lang.foreign.MemorySegment;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Flips bits anywhere in a packet but in the flags of DATA: no security class protects those, so
 * that a false LAST would cut data off unseen.
 */
public final class HeaderDamage implements LinkOptions.Damage {
  /** The one there is. */
  public static final HeaderDamage INSTANCE = new HeaderDamage();

  private HeaderDamage() {}

  @Override
  public byte @Nullable [] damage(byte[] content, RandomGenerator random) {
    if (content.length < Header.LENGTH) {
      return null;
    }
    boolean data = Header.type(MemorySegment.ofArray(content), 0) == PacketType.DATA;
    // mostly in the header and the first words behind it
    int bound = Math.min(content.length, random.nextInt(4) == 0 ? content.length : 48);
    for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
      int at = random.nextInt(bound);
      if (at == Header.FLAGS || (data && at == Header.TYPE)) {
        continue;
      }
      if (at == Header.TYPE) {
        content[at] = (byte) random.nextInt(16);
        if (content[at] == PacketType.DATA) {
          content[at] = 0;
        }
      } else {
        content[at] ^= (byte) (1 << random.nextInt(8));
      }
    }
    return content;
  }
}
