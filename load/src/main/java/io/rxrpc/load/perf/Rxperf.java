// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.perf;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The requests of the rxperf protocol (afs.md 4), as OpenAFS's rxperf and Linux's rxperf service
 * speak it: version, operation, two buffer sizes as advice, then what the operation needs.
 */
final class Rxperf {
  static final int VERSION = 3;
  static final int SEND = 0;
  static final int RECV = 1;
  static final int RPC = 3;
  static final int FILE = 4;

  /** Ends every reply, and the requests of Linux. */
  static final int MAGIC = 0x4711;

  /** Octets of every request: version, operation, buffer sizes. */
  static final int HEAD = 16;

  static final int WORD = 4;

  /** A length is an unsigned 32-bit number. */
  static final long MAX_BYTES = 0xffff_ffffL;

  private static final int ADVICE = 64 << 10;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private Rxperf() {}

  static void putInt(byte[] to, int at, int value) {
    INT.set(to, at, value);
  }

  static int getInt(byte[] from, int at) {
    return (int) INT.get(from, at);
  }

  static long getLength(byte[] from, int at) {
    return Integer.toUnsignedLong(getInt(from, at));
  }

  /** The latest four octets after {@code n} more have come behind those that were latest. */
  static int latest(int before, byte[] more, int n) {
    int last = before;
    for (int i = Math.max(0, n - WORD); i < n; i++) {
      last = last << 8 | (more[i] & 0xff);
    }
    return last;
  }

  /** Everything of a SEND request but its bytes. */
  static byte[] send(long bytes) {
    return request(SEND, 1, bytes, 0);
  }

  /** A whole RECV request. */
  static byte[] receive(long bytes) {
    return request(RECV, 1, bytes, 0);
  }

  /** Everything of an RPC request but its bytes. */
  static byte[] rpc(long requestBytes, long replyBytes) {
    return request(RPC, 2, requestBytes, replyBytes);
  }

  private static byte[] request(int operation, int lengths, long first, long second) {
    byte[] b = new byte[HEAD + lengths * WORD];
    putInt(b, 0, VERSION);
    putInt(b, 4, operation);
    putInt(b, 8, ADVICE);
    putInt(b, 12, ADVICE);
    putInt(b, HEAD, (int) first);
    if (lengths > 1) {
      putInt(b, HEAD + WORD, (int) second);
    }
    return b;
  }
}
