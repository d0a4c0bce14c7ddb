// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.memory;

import io.rxrpc.testkit.Datagram;
import io.rxrpc.testkit.Fault;
import io.rxrpc.testkit.NetTap;
import io.rxrpc.testkit.SimNet;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Everything that happens in a network, line by line, and a digest of all of it. */
final class LifeTrace implements NetTap {
  private final SimNet net;
  private final int limit;
  private final ArrayDeque<String> lines = new ArrayDeque<>();
  private final MessageDigest digest;

  /**
   * @param limit lines kept
   */
  LifeTrace(SimNet net, int limit) {
    this.net = net;
    this.limit = limit;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Something happens now. */
  void add(String mark, String what) {
    long nanos = net.elapsed();
    String line =
        String.format(
            Locale.ROOT, "%s %d.%09d %s", mark, nanos / 1_000_000_000, nanos % 1_000_000_000, what);
    digest.update(line.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '\n');
    if (limit > 0) {
      if (lines.size() == limit) {
        lines.remove();
      }
      lines.add(line);
    }
  }

  @Override
  public void sent(long now, Datagram d, @Nullable Fault fault) {
    add(fault == null ? " " : "*", text(d) + (fault == null ? "" : " (" + fault + ")"));
  }

  @Override
  public void delivered(long now, Datagram d) {
    add("<", text(d));
  }

  private static String text(Datagram d) {
    CRC32C sum = new CRC32C();
    sum.update(d.bytes());
    return d.from().getAddress().getHostAddress()
        + " > "
        + d.to().getAddress().getHostAddress()
        + " "
        + d
        + " crc "
        + Long.toHexString(sum.getValue());
  }

  String text() {
    return String.join("\n", lines) + "\n";
  }

  /** Of all lines so far. */
  String digest() {
    try {
      return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("SHA-256 of the JDK can be cloned", e);
    }
  }
}
