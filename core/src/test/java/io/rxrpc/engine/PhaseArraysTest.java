// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.security.SecurityFailure;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data written from arrays and read into arrays is the same as from and into other memory. */
class PhaseArraysTest {
  @ParameterizedTest(name = "{0} octets, {1} at a time")
  @CsvSource({
    "0, 1",
    "1, 1",
    "32, 100",
    "1411, 1411",
    "1412, 1412",
    "1412, 7",
    "1413, 2000",
    "2824, 1412",
    "5000, 999",
    "5000, 6000",
    "40000, 1413",
    "40000, 50000"
  })
  void comeBackAsTheyWere(int size, int piece) throws SecurityFailure {
    byte[] data = Pipe.bytes(size);
    Pipe pipe = new Pipe();
    App app = pipe.open();
    app.reads = false;
    write(app.writer, data, piece, pipe.now);
    pipe.settle();
    byte[] read = new byte[size];
    int done = 0;
    while (app.reader.fetch()) {
      int before = -1;
      while (app.reader.available() && before != done) {
        before = done;
        done += app.reader.copy(read, done, Math.min(piece, size - done));
      }
      app.reader.release(pipe.now);
      pipe.settle();
    }
    assertThat(app.reader.ended()).isTrue();
    assertThat(done).isEqualTo(size);
    assertThat(read).isEqualTo(data);
    assertThat(app.ok()).isTrue();
    app.release(pipe.now);
  }

  private static void write(PhaseWriter writer, byte[] data, int piece, long now)
      throws SecurityFailure {
    byte[] around = new byte[data.length + 5];
    Arrays.fill(around, (byte) 0x55);
    System.arraycopy(data, 0, around, 3, data.length);
    int done = 0;
    while (!writer.ended()) {
      assertThat(writer.grant(data.length - done, now)).isTrue();
      done += writer.put(around, 3 + done, Math.min(piece, data.length - done));
      if (done == data.length && !writer.needsGrant()) {
        writer.finish();
      }
      writer.commit(now);
    }
  }
}
