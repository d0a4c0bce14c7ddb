// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench;

import io.rxrpc.wire.Ack;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.Malformed;
import io.rxrpc.wire.PacketCheck;
import io.rxrpc.wire.PacketType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What reading and writing packet layouts costs. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class WireBenchmark {
  private final MemorySegment packet = Arena.ofAuto().allocate(2048);
  private int serial;

  /** A DATA header. */
  @Benchmark
  public int writeHeader() {
    Header.write(packet, 0, 0x80000001, 4, 1, 1, ++serial, PacketType.DATA, 1, 0, 0, 0, 52);
    return Header.serial(packet, 0);
  }

  /** An ACK of 32 packets with its trailer. */
  @Benchmark
  public int writeAck() {
    Header.write(packet, 0, 0x80000001, 4, 1, 0, ++serial, PacketType.ACK, 0x20, 0, 0, 0, 52);
    Ack.write(packet, 0, 10, 41, 0, AckReason.DELAY, 32);
    for (int i = 0; i < 32; i++) {
      Ack.setSoftAck(packet, 0, i, true);
    }
    return Ack.writeTrailer(packet, 0, 32, 5692, 1444, 255, 4);
  }

  /** The structural check of a DATA packet. */
  @Benchmark
  public Malformed checkData() {
    Header.write(packet, 0, 0x80000001, 4, 1, 1, 1, PacketType.DATA, 1, 0, 0, 0, 52);
    return PacketCheck.check(packet, 0, 1440);
  }
}
