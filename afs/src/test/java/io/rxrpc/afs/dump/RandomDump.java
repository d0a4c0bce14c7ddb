// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import io.rxrpc.xdr.Octets;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Dumps of any form that there may be, sense or not: every tag, known or not, in any order. */
final class RandomDump {
  private final SplittableRandom random;
  private final List<DumpEvent> events = new ArrayList<>();
  private final List<byte[]> data = new ArrayList<>();

  RandomDump(long seed) {
    random = new SplittableRandom(seed);
    events.add(new DumpHeader(fields(Section.HEADER, 6)));
    events.add(new VolumeHeader(fields(Section.VOLUME, 40)));
    for (int n = random.nextInt(8); n > 0; n--) {
      events.add(new VnodeHeader(random.nextInt(), random.nextInt(), fields(Section.VNODE, 20)));
      for (int parts = random.nextInt(3); parts > 0; parts--) {
        int length = random.nextInt(4) == 0 ? random.nextInt(100_000) : random.nextInt(50);
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        events.add(new VnodeData(length, random.nextBoolean()));
        data.add(octets);
        DumpFields behind = fields(Section.VNODE, 3);
        if (!behind.isEmpty()) {
          events.add(new VnodeTail(behind));
        }
      }
    }
    events.add(new DumpEnd());
  }

  private DumpFields fields(Section section, int most) {
    List<DumpField> fields = new ArrayList<>();
    for (int n = random.nextInt(most); n > 0; n--) {
      int tag = random.nextInt(FieldLayout.LAST_SECTION + 1, 0x80);
      FieldLayout layout = section.layout(tag);
      if (layout != FieldLayout.DATA && layout != FieldLayout.LONG_DATA) {
        fields.add(new DumpField(tag, layout, value(layout)));
      }
    }
    return new DumpFields(fields);
  }

  private Octets value(FieldLayout layout) {
    return switch (layout) {
      case TEXT -> {
        byte[] text = new byte[random.nextInt(100) + 1];
        for (int i = 0; i < text.length - 1; i++) {
          text[i] = (byte) random.nextInt(1, 256);
        }
        yield Octets.of(text);
      }
      case WORDS -> {
        int words = random.nextInt(10);
        ByteBuffer value = ByteBuffer.wrap(octets(2 + 4 * words));
        yield Octets.of(value.putShort(0, (short) words).array());
      }
      case COUNTED ->
          counted(octets(random.nextInt(3) == 0 ? random.nextInt(2000) : random.nextInt(9)));
      default -> Octets.of(octets(layout.octets()));
    };
  }

  /** A length in more octets than it needs is one too, and is kept. */
  private Octets counted(byte[] value) {
    int extra = random.nextInt(5);
    if (extra < 3) {
      return Counted.of(Octets.of(value));
    }
    int octets = extra == 3 ? 4 : 8;
    ByteBuffer all = ByteBuffer.allocate(1 + octets + value.length);
    all.put((byte) (0x80 + octets));
    return Octets.of(
        (octets == 4 ? all.putInt(value.length) : all.putLong(value.length)).put(value).array());
  }

  private byte[] octets(int length) {
    byte[] octets = new byte[length];
    random.nextBytes(octets);
    return octets;
  }

  List<DumpEvent> events() {
    return events;
  }

  /** The data of the vnodes, in order. */
  List<byte[]> data() {
    return data;
  }

  byte[] written() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DumpWriter to = DumpWriter.to(out);
    int next = 0;
    for (DumpEvent event : events) {
      if (event instanceof VnodeData announced && random.nextBoolean()) {
        to.write(announced, new ByteArrayInputStream(data.get(next++)));
      } else {
        to.write(event);
        if (event instanceof VnodeData) {
          to.data().write(data.get(next++));
        }
      }
    }
    return out.toByteArray();
  }
}
