// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc;

import io.rxrpc.rpc.sample.Sample;
import io.rxrpc.rpc.sample.SampleEntry;
import io.rxrpc.rpc.sample.SampleKind;
import io.rxrpc.rpc.sample.SampleNode;
import io.rxrpc.rpc.sample.SampleOutcome;
import io.rxrpc.rpc.sample.SampleService;
import io.rxrpc.xdr.Ints;
import io.rxrpc.xdr.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.stream.IntStream;

/** A sample service that does what it says. */
class Office implements SampleService {
  static final ErrorTable ERRORS =
      ErrorTable.parse(
          """
          # what the office may say
          error_table VL
          ec VL_IDEXIST, "entry with name or ID already exists"
          ec VL_IO, "I/O related error"
          index 4
          ec VL_NOENT, "no such entry"
          end
          """);

  static SampleEntry entry(String name) {
    return new SampleEntry(
        name,
        2,
        Ints.padded(13, 0x7f000001, -1),
        SampleKind.SAMPLE_RO,
        "made for " + name,
        Octets.ofHex("00ff"));
  }

  @Override
  public int add(Caller caller, int a, int b) throws Exception {
    return a + b;
  }

  @Override
  public Sample.DivideResult divide(Caller caller, int dividend, int divisor) {
    return new Sample.DivideResult(dividend / divisor, dividend % divisor);
  }

  @Override
  public SampleEntry locate(Caller caller, String name) {
    if (name.equals("nobody")) {
      throw ErrorTables.of(ERRORS).named("VL_NOENT").abort();
    }
    return entry(name);
  }

  @Override
  public int getTime(Caller caller) throws Exception {
    return -2; // 2106, without a sign
  }

  @Override
  public void ping(Caller caller) {}

  @Override
  public List<SampleNode> list(Caller caller, int count) {
    return IntStream.range(0, count).mapToObj(i -> new SampleNode(entry("n" + i))).toList();
  }

  @Override
  public SampleOutcome judge(Caller caller, SampleOutcome outcome) {
    return outcome;
  }

  @Override
  public long store(ServedSplit call, long length) throws IOException {
    byte[] block = new byte[32 << 10];
    long sum = 0;
    try (InputStream data = call.request()) {
      for (int n = data.read(block); n >= 0; n = data.read(block)) {
        for (int i = 0; i < n; i++) {
          sum += block[i] & 0xff;
        }
        length -= n;
      }
    }
    return length == 0 ? sum : -length;
  }

  @Override
  public long fetch(ServedSplit call, long length) throws IOException {
    byte[] block = new byte[32 << 10];
    java.util.Arrays.fill(block, (byte) 1);
    try (OutputStream data = call.reply()) {
      for (long left = length; left > 0; left -= block.length) {
        data.write(block, 0, (int) Math.min(left, block.length));
      }
    }
    return length;
  }
}
