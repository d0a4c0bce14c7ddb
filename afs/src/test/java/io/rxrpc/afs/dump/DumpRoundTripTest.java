// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What was written is read, and what was read is written again octet for octet. */
class DumpRoundTripTest {
  /** Few octets at a time, as a network gives them. */
  private static InputStream dribble(byte[] octets, SplittableRandom random) {
    return new InputStream() {
      private final ByteArrayInputStream in = new ByteArrayInputStream(octets);

      @Override
      public int read() {
        return in.read();
      }

      @Override
      public int read(byte[] to, int offset, int length) {
        return in.read(to, offset, Math.min(length, random.nextInt(1, 700)));
      }
    };
  }

  @Test
  void anyDumpSurvivesWritingReadingAndWriting() throws IOException {
    for (int seed = 0; seed < 500; seed++) {
      RandomDump dump = new RandomDump(seed);
      byte[] written = dump.written();
      DumpReader in = DumpReader.of(dribble(written, new SplittableRandom(seed)));
      List<DumpEvent> events = new ArrayList<>();
      int data = 0;
      do {
        events.add(in.next());
        if (events.getLast() instanceof VnodeData) {
          assertThat(in.data().readAllBytes()).as("seed %s", seed).isEqualTo(dump.data().get(data));
          data++;
        }
      } while (!(events.getLast() instanceof DumpEnd));
      assertThat(events).as("seed %s", seed).isEqualTo(dump.events());
      assertThat(in.position()).isEqualTo(written.length);
      assertThat(again(written)).as("seed %s", seed).isEqualTo(written);
    }
  }

  private static byte[] again(byte[] dump) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DumpReader from = DumpReader.of(Channels.newChannel(new ByteArrayInputStream(dump)));
        DumpWriter to = DumpWriter.to(Channels.newChannel(out))) {
      assertThat(to.copy(from)).isEqualTo(dump.length);
    }
    return out.toByteArray();
  }

  /** The offsets of the events are those of their first octets, whatever was read between. */
  @Test
  void offsetsAreThoseOfTheStream() throws IOException {
    for (int seed = 0; seed < 100; seed++) {
      RandomDump dump = new RandomDump(seed);
      byte[] written = dump.written();
      DumpReader in = DumpReader.of(new ByteArrayInputStream(written));
      SplittableRandom random = new SplittableRandom(seed);
      DumpEvent event;
      do {
        event = in.next();
        int first =
            switch (event) {
              case DumpHeader e -> DumpHeader.SECTION;
              case VolumeHeader e -> VolumeHeader.SECTION;
              case VnodeHeader e -> VnodeHeader.SECTION;
              case VnodeData e -> e.wide() ? 'h' : 'f';
              case VnodeTail e -> e.fields().all().getFirst().tag();
              case DumpEnd e -> DumpEnd.SECTION;
            };
        assertThat(written[(int) in.offset()])
            .as("seed %s, %s", seed, event)
            .isEqualTo((byte) first);
        in.data().skip(random.nextInt(3000)); // what is left is passed over
      } while (!(event instanceof DumpEnd));
      assertThat(in.nothingFollows()).isTrue();
    }
  }

  @Test
  void changingAFieldChangesNothingElse() throws IOException {
    byte[] octets = DumpVector.octets();
    DumpReader in = DumpReader.of(new ByteArrayInputStream(octets));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DumpWriter to = DumpWriter.to(out);
    to.write(in.next());
    VolumeHeader volume = (VolumeHeader) in.next();
    to.write(new VolumeHeader(volume.fields().with(VolumeTag.MAX_QUOTA.of(778))));
    to.copy(in);
    byte[] changed = out.toByteArray();
    assertThat(changed).hasSameSizeAs(octets);
    int differing = 0;
    for (int i = 0; i < octets.length; i++) {
      differing += octets[i] == changed[i] ? 0 : 1;
    }
    assertThat(differing).isEqualTo(1);
  }
}
