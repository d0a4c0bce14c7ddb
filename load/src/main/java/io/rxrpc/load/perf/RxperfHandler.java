// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.perf;

import io.rxrpc.CallAbort;
import io.rxrpc.CallHandler;
import io.rxrpc.ServerCall;
import io.rxrpc.cli.frame.Filling;
import io.rxrpc.wire.AbortCodes;
import java.io.IOException;

/**
 * The server of the rxperf protocol: SEND, RECV and RPC. Clients of Linux end their requests with
 * the magic number as replies do, those of OpenAFS do not: either is taken.
 */
final class RxperfHandler implements CallHandler {
  /** A small request fits whole into the first read, which saves the others. */
  private static final int FIRST = 128;

  /** Up to this, a reply goes as one array. */
  private static final int SMALL = 16 << 10;

  @Override
  public void handle(ServerCall call) throws IOException {
    byte[] first = new byte[FIRST];
    int got = readAtLeast(call, first, 0, Rxperf.HEAD);
    if (Rxperf.getInt(first, 0) != Rxperf.VERSION) {
      throw new CallAbort(AbortCodes.RXGEN_SS_UNMARSHAL);
    }
    int length = Rxperf.HEAD + Rxperf.WORD;
    switch (Rxperf.getInt(first, Rxperf.WORD)) {
      case Rxperf.SEND -> {
        got = readAtLeast(call, first, got, length);
        take(call, first, got, length + Rxperf.getLength(first, Rxperf.HEAD));
        reply(call, 0);
      }
      case Rxperf.RECV -> {
        got = readAtLeast(call, first, got, length);
        take(call, first, got, length);
        reply(call, Rxperf.getLength(first, Rxperf.HEAD));
      }
      case Rxperf.RPC -> {
        length += Rxperf.WORD;
        got = readAtLeast(call, first, got, length);
        take(call, first, got, length + Rxperf.getLength(first, Rxperf.HEAD));
        reply(call, Rxperf.getLength(first, Rxperf.HEAD + Rxperf.WORD));
      }
      // FILE would let the client name a file of this machine.
      default -> throw new CallAbort(AbortCodes.RXGEN_OPCODE);
    }
  }

  /** Reads the rest of the request, which must have exactly this length, or the magic behind it. */
  private static void take(ServerCall call, byte[] first, int got, long length) throws IOException {
    long total = got;
    int last = Rxperf.latest(0, first, got);
    byte[] scratch = new byte[Math.clamp(length - total + Rxperf.WORD, 1, Filling.CHUNK)];
    for (int n = call.read(scratch, 0, scratch.length);
        n >= 0;
        n = call.read(scratch, 0, scratch.length)) {
      last = Rxperf.latest(last, scratch, n);
      total += n;
    }
    boolean ended = total == length + Rxperf.WORD && last == Rxperf.MAGIC;
    if (total != length && !ended) {
      throw new CallAbort(AbortCodes.RXGEN_SS_UNMARSHAL);
    }
  }

  private static void reply(ServerCall call, long count) throws IOException {
    if (count <= SMALL) {
      byte[] whole = new byte[(int) count + Rxperf.WORD];
      Filling.copy(whole, 0, (int) count);
      Rxperf.putInt(whole, (int) count, Rxperf.MAGIC);
      call.endReply(whole);
      return;
    }
    Filling.write(call::write, count);
    byte[] magic = new byte[Rxperf.WORD];
    Rxperf.putInt(magic, 0, Rxperf.MAGIC);
    call.endReply(magic);
  }

  /** Reads until so many octets are there; returns how many are. */
  private static int readAtLeast(ServerCall call, byte[] to, int have, int want)
      throws IOException {
    int done = have;
    while (done < want) {
      int n = call.read(to, done, to.length - done);
      if (n < 0) {
        throw new CallAbort(AbortCodes.RXGEN_SS_UNMARSHAL); // as rxgen's servers do
      }
      done += n;
    }
    return done;
  }
}
