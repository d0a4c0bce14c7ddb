// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.key;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** A key payload as an application, or another program through the kernel, hands it over. */
public final class TokenFuzz {
  private TokenFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      byte[] before = data.clone();
      try {
        check(TokenReader.read(data, order));
      } catch (KeyException e) {
        if (String.valueOf(e.getMessage()).isEmpty()) {
          throw new AssertionError("a refusal without a reason", e);
        }
      }
      if (!Arrays.equals(before, data)) {
        throw new AssertionError("the payload was changed");
      }
    }
  }

  private static void check(ClientTokens tokens) throws KeyException {
    for (Token token : tokens.tokens()) {
      boolean sane =
          switch (token) {
            case RxkadToken t -> t.ticketLength() <= RxkadToken.MAX_TICKET;
            case RxgkToken t ->
                t.tokenLength() <= TokenReader.MAX_XDR
                    && t.k0().length <= 64
                    && t.level() >= -1
                    && t.level() <= 2
                    && t.expiration() >= 0;
          };
      if (!sane) {
        throw new AssertionError("a token that cannot be: " + token);
      }
    }
    if (!tokens.tokens().isEmpty() && !tokens.cell().isEmpty()) {
      ClientTokens again =
          TokenReader.read(TokenWriter.xdr(tokens.cell(), tokens), ByteOrder.LITTLE_ENDIAN);
      if (!again.tokens().equals(tokens.tokens())) {
        throw new AssertionError("tokens that do not survive being written");
      }
    }
  }

  public static List<byte[]> seeds() {
    byte[] key = {0x13, 0x57, (byte) 0x9b, (byte) 0xdf, 2, 0x46, (byte) 0x8a, (byte) 0xce};
    byte[] ticket = new byte[41];
    RxkadToken token = new RxkadToken(501, 3, key, 1_700_000_000L, 4_000_000_000L, true, ticket);
    byte[] one = TokenWriter.xdr("example.com", new ClientTokens("", List.of(token)));
    byte[] two = TokenWriter.xdr("a", new ClientTokens("", List.of(token, token)));
    RxgkToken yfs = new RxgkToken(RxgkToken.YFS, 18, new byte[32], 2, 1, 36000, 30, 9, ticket);
    RxgkToken draft = new RxgkToken(RxgkToken.OPENAFS, 17, new byte[16], 1, 0, 60, 20, 0, ticket);
    byte[] rxgk = TokenWriter.xdr("example.com", new ClientTokens("", List.of(yfs)));
    byte[] other = TokenWriter.xdr("example.com", new ClientTokens("", List.of(draft)));
    byte[] all = TokenWriter.xdr("b.example", new ClientTokens("", List.of(yfs, token, draft)));
    byte[] v1 =
        ByteBuffer.allocate(24 + ticket.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(1)
            .putShort((short) 2)
            .putShort((short) ticket.length)
            .putInt(2_000_000_000)
            .putInt(256)
            .put(key)
            .array();
    byte[] document =
        ByteBuffer.allocate(20 + ticket.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putShort((short) 2)
            .putShort((short) ticket.length)
            .putInt(2_000_000_000)
            .putInt(7)
            .put(key)
            .array();
    return List.of(new byte[0], new byte[3], one, two, v1, document, rxgk, other, all);
  }
}
