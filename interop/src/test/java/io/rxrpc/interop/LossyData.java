// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.SplittableRandom;

/** Bulk data: random, the same whenever it is asked for, and never in memory as a whole. */
record LossyData(long seed, long length) {
  private static final int PIECE = 65_536;

  void writeTo(OutputStream out) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] piece = new byte[PIECE];
    for (long left = length; left > 0; left -= PIECE) {
      random.nextBytes(piece);
      out.write(piece, 0, (int) Math.min(left, PIECE));
    }
  }

  /** Its SHA-256. */
  byte[] digest() {
    MessageDigest digest = sha256();
    try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return digest.digest();
  }

  /** Reads as many bytes as it has, and compares. */
  void expectFrom(InputStream in) throws IOException {
    if (!MessageDigest.isEqual(digestOf(in, length), digest())) {
      throw new LossyWork.WrongData(length + " bytes differ from what was sent");
    }
  }

  /** The SHA-256 of that many bytes. */
  static byte[] digestOf(InputStream in, long length) throws IOException {
    MessageDigest digest = sha256();
    byte[] piece = new byte[PIECE];
    for (long left = length; left > 0; ) {
      int n = in.read(piece, 0, (int) Math.min(left, PIECE));
      if (n <= 0) {
        throw new LossyWork.WrongData("the data ends " + left + " bytes early");
      }
      digest.update(piece, 0, n);
      left -= n;
    }
    return digest.digest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
