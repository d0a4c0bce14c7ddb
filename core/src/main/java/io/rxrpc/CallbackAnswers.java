// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * What a client that keeps nothing has to say to file servers that call it back: RXAFSCB, service 1
 * on the port that it calls from. A file server wants to know who a new client is before it answers
 * its first call, and tells it to forget what it knows.
 */
final class CallbackAnswers implements CallHandler {
  static final int SERVICE = 1;

  private static final int CALLBACK = 204;
  private static final int INIT_CALLBACK_STATE = 205;
  private static final int PROBE = 206;
  private static final int WHO_ARE_YOU = 212;
  private static final int INIT_CALLBACK_STATE_3 = 213;
  private static final int PROBE_UUID = 214;
  private static final int TELL_ME_ABOUT_YOURSELF = 65538;

  /** A CallBack names at most 50 files; nothing else is longer. */
  private static final int MAX_REQUEST = 8 << 10;

  /** XDR's form of a UUID: each of its last eight bytes has a word of its own. */
  private static final int UUID_BYTES = 11 * 4;

  /** A count, the UUID, and 32 each of addresses, masks and MTUs. */
  private static final int INTERFACES = 4 + UUID_BYTES + 3 * 32 * 4;

  /** One client: file servers know it by this, whatever its address. */
  private final byte[] uuid;

  CallbackAnswers(RandomGenerator random) {
    // version 4 of RFC 9562
    uuid =
        xdr(
            new UUID(
                (random.nextLong() & ~0xf000L) | 0x4000L,
                (random.nextLong() >>> 2) | Long.MIN_VALUE));
  }

  @Override
  public void handle(ServerCall call) throws RxrpcException {
    call.endReply(answer(call.readAll(MAX_REQUEST)));
  }

  private byte[] answer(byte[] request) {
    ByteBuffer in = ByteBuffer.wrap(request);
    if (in.remaining() < 4) {
      throw new CallAbort(AbortCode.SS_UNMARSHAL);
    }
    return switch (in.getInt()) {
      case CALLBACK, INIT_CALLBACK_STATE, PROBE, INIT_CALLBACK_STATE_3 -> new byte[0];
      case WHO_ARE_YOU -> aboutMe(INTERFACES).array();
      case TELL_ME_ABOUT_YOURSELF -> aboutMe(INTERFACES + 4).array(); // and no capabilities
      case PROBE_UUID -> {
        if (in.remaining() < UUID_BYTES) {
          throw new CallAbort(AbortCode.SS_UNMARSHAL);
        }
        if (!isMe(in)) {
          throw new CallAbort(new AbortCode(1)); // somebody else
        }
        yield new byte[0];
      }
      default -> throw new CallAbort(AbortCode.OPCODE);
    };
  }

  /** The bytes are compared, not their words: not all senders give these a sign. */
  private boolean isMe(ByteBuffer in) {
    ByteBuffer mine = ByteBuffer.wrap(uuid);
    boolean same = true;
    for (int i = 0; i < UUID_BYTES / 4; i++) {
      int mask = i == 0 ? -1 : i < 3 ? 0xffff : 0xff;
      same &= ((in.getInt() ^ mine.getInt()) & mask) == 0;
    }
    return same;
  }

  /** No addresses: the server sees the one that matters. */
  private ByteBuffer aboutMe(int length) {
    return ByteBuffer.allocate(length).putInt(0).put(uuid);
  }

  private static byte[] xdr(UUID id) {
    long first = id.getMostSignificantBits();
    ByteBuffer out = ByteBuffer.allocate(UUID_BYTES);
    out.putInt((int) (first >>> 32)).putInt((int) (first >>> 16) & 0xffff);
    out.putInt((int) first & 0xffff);
    for (int shift = 56; shift >= 0; shift -= 8) {
      out.putInt((byte) (id.getLeastSignificantBits() >>> shift)); // chars: their sign goes along
    }
    return out.array();
  }
}
