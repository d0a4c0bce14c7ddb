// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.key;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Payloads of {@code rxrpc} keys as {@link TokenReader} reads them. They hold secrets. */
public final class TokenWriter {
  private TokenWriter() {}

  /**
   * {@return the XDR form of tokens of a cell; the caller erases it}
   *
   * @param cell 1 to 64 printable ASCII characters
   * @param tokens the tokens
   */
  public static byte[] xdr(String cell, ClientTokens tokens) {
    byte[] name = cell.getBytes(StandardCharsets.US_ASCII);
    int count = tokens.tokens().size();
    if (name.length < 1 || name.length > TokenReader.MAX_CELL || count < 1) {
      throw new IllegalArgumentException("no cell or no token");
    }
    int size = 4 + 4 + padded(name.length) + 4;
    for (Token t : tokens.tokens()) {
      size += 4 + padded(length(t));
    }
    if (count > TokenReader.MAX_TOKENS || size > TokenReader.MAX_XDR) {
      throw new IllegalArgumentException("more tokens than a key holds");
    }
    ByteBuffer out = ByteBuffer.allocate(size);
    out.putInt(0).putInt(name.length).put(name).position(8 + padded(name.length));
    out.putInt(count);
    for (Token t : tokens.tokens()) {
      int start = out.position() + 4;
      // an opaque of whole words, as the servers of this form write it
      out.putInt(padded(length(t))).putInt(t.securityIndex());
      switch (t) {
        case RxkadToken rxkad -> put(out, rxkad);
        case RxgkToken rxgk -> RxgkBody.put(out, rxgk);
      }
      out.position(start + padded(length(t)));
    }
    return out.array();
  }

  private static int length(Token token) {
    return switch (token) {
      case RxkadToken t -> 36 + t.ticketLength();
      case RxgkToken t -> 4 + RxgkBody.length(t);
    };
  }

  private static void put(ByteBuffer out, RxkadToken t) {
    byte[] key = t.sessionKey();
    out.putInt(t.viceId())
        .putInt(t.kvno())
        .put(key)
        .putInt((int) t.begin())
        .putInt((int) t.end())
        .putInt(t.primary() ? 1 : 0)
        .putInt(t.ticketLength())
        .put(t.ticket());
    Arrays.fill(key, (byte) 0);
  }

  /**
   * {@return the kernel's version 1, in this machine's byte order; the caller erases it}
   *
   * @param token the token
   */
  public static byte[] versionOne(RxkadToken token) {
    return versionOne(token, ByteOrder.nativeOrder());
  }

  static byte[] versionOne(RxkadToken token, ByteOrder host) {
    byte[] key = token.sessionKey();
    ByteBuffer out = ByteBuffer.allocate(24 + token.ticketLength()).order(host);
    out.putInt(1)
        .putShort((short) RxkadToken.INDEX)
        .putShort((short) token.ticketLength())
        .putInt((int) token.end())
        .putInt(token.kvno())
        .put(key)
        .put(token.ticket());
    Arrays.fill(key, (byte) 0);
    return out.array();
  }

  private static int padded(int length) {
    return (length + 3) & ~3;
  }
}
