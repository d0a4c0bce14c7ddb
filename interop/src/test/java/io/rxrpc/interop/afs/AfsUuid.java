package io.rxrpc.interop.afs;

import java.util.Arrays;

/** AFS's UUID: 11 words in XDR, of which most carry one byte. */
public record AfsUuid(
    int timeLow, int timeMid, int timeHigh, int clockHigh, int clockLow, long node) {
  public static final AfsUuid NONE = new AfsUuid(0, 0, 0, 0, 0, 0);

  static AfsUuid read(XdrReader in) {
    int[] w = in.ints(11);
    long node = Arrays.stream(w, 5, 11).asLongStream().reduce(0, (a, b) -> (a << 8) | (b & 0xff));
    return new AfsUuid(w[0], w[1] & 0xffff, w[2] & 0xffff, w[3] & 0xff, w[4] & 0xff, node);
  }

  /** A writer's element; bytes above 127 go as OpenAFS sends them, with their sign. */
  public static void write(XdrWriter out, AfsUuid uuid) {
    out.ints(uuid.timeLow, uuid.timeMid, uuid.timeHigh);
    out.ints((byte) uuid.clockHigh, (byte) uuid.clockLow);
    for (int shift = 40; shift >= 0; shift -= 8) {
      out.int32((byte) (uuid.node >>> shift));
    }
  }

  /** As vos prints it. */
  @Override
  public String toString() {
    return String.format(
        "%08x-%04x-%04x-%02x-%02x-%012x", timeLow, timeMid, timeHigh, clockHigh, clockLow, node);
  }
}
