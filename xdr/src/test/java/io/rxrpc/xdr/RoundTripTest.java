// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.xdr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of types made up of random survive, by memory and by streams. */
class RoundTripTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatIsWrittenIsRead(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 400; round++) {
      check(RandomValue.of(random, 4), random, "replay: seed " + seed + ", round " + round);
    }
  }

  private static <T> void check(RandomValue<T> one, SplittableRandom random, String replay)
      throws IOException {
    XdrWriter memory = new XdrWriter(random.nextInt(1, 64));
    one.encode(memory);
    byte[] octets = memory.toByteArray();
    assertThat(octets.length % 4).as(replay).isZero();
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    XdrWriter stream = XdrWriter.to(sink);
    one.encode(stream);
    stream.flush();
    assertThat(sink.toByteArray()).as(replay).isEqualTo(octets);

    XdrReader in = XdrReader.of(octets);
    assertThat(one.read().decode(in)).as("%s %s", replay, one.type()).isEqualTo(one.value());
    in.end("");
    XdrReader slow = XdrReader.of(new Dribble(octets, random), XdrLimits.DEFAULT);
    assertThat(one.read().decode(slow)).as("%s %s", replay, one.type()).isEqualTo(one.value());
    slow.end("");
  }

  @Test
  void buffersAreReadFromTheirPosition() throws IOException {
    ByteBuffer heap = ByteBuffer.wrap(new byte[] {9, 9, 9, 0, 0, 0, 7, 9}, 1, 6).slice();
    heap.position(2).limit(6);
    ByteBuffer direct = ByteBuffer.allocateDirect(8).put(heap.duplicate()).flip();
    for (ByteBuffer buffer : new ByteBuffer[] {heap, direct, heap.asReadOnlyBuffer()}) {
      XdrReader in = XdrReader.of(buffer, XdrLimits.DEFAULT);
      assertThat(in.offset()).isZero();
      assertThat(in.int32("x")).isEqualTo(7);
      assertThat(in.offset()).isEqualTo(4);
      assertThat(in.atEnd()).isTrue();
    }
    assertThat(heap.remaining()).isEqualTo(4);
  }

  /** What a split call does: values, then data that is none, then values again. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1019, 1024, 20_000, 300_000})
  void dataBetweenValuesIsNeitherLostNorTaken(int size) throws IOException {
    SplittableRandom random = new SplittableRandom(size);
    byte[] data = new byte[size];
    random.nextBytes(data);
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    XdrWriter out = XdrWriter.to(sink);
    out.int32(size);
    out.stream().write(data);
    out.int64(-1);
    out.flush();
    XdrLimits tight = XdrLimits.DEFAULT.withTotal(12); // the data does not count
    XdrReader in = XdrReader.of(new Dribble(sink.toByteArray(), random), tight);
    assertThat(in.int32("size")).isEqualTo(size);
    assertThat(in.stream().readNBytes(size)).isEqualTo(data);
    assertThat(in.offset()).isEqualTo(4 + size);
    assertThat(in.int64("end")).isEqualTo(-1);
    assertThat(in.stream().read()).isEqualTo(-1);
    in.end("");
  }

  @Test
  void aStreamHasATotal() throws IOException {
    XdrLimits limits = XdrLimits.DEFAULT.withTotal(40_000);
    XdrReader in = XdrReader.of(new Dribble(new byte[100_000], new SplittableRandom(1)), limits);
    assertThat(in.ints("x", 9_000).size()).isEqualTo(9_000);
    assertThat(Thrown.of(() -> in.ints("y", 9_000)).reason()).isEqualTo(XdrException.Reason.BUDGET);
  }
}
