// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.klog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * An opened answer of the kaserver, big-endian: u32 checksum (unused), u32 challenge, session key,
 * u32 start, u32 end, u32 kvno, u32 length of the ticket; then, each with a zero behind, the
 * client's name, instance and cell and the service's name and instance; the ticket, a label of 4
 * bytes, and what fills the last block.
 *
 * @param sessionKey 8 bytes, which the owner erases
 * @param start seconds since 1970
 * @param end seconds since 1970
 * @param kvno version of the key that the ticket is sealed with
 * @param service the service's name
 * @param serviceInstance its instance
 */
@SuppressWarnings("ArrayRecordComponent") // so that the key can be cleared
record KaTicket(
    byte[] sessionKey,
    long start,
    long end,
    int kvno,
    byte[] ticket,
    String client,
    String clientInstance,
    String service,
    String serviceInstance) {
  private static final int FIXED = 32;
  private static final int LABEL = 4;
  private static final int BLOCK = 8;

  /** The password's end and what fills the block may stand behind the label. */
  private static final int MOST_BEHIND = BLOCK + 12;

  private static final int MIN_TICKET = 32;

  /** Reads an answer; a wrong label or challenge means that the key was wrong, or the server. */
  static KaTicket read(byte[] plain, long challenge, String label) throws KlogException {
    if (plain.length < FIXED) {
      throw KaMessage.strange("its answer is too short");
    }
    ByteBuffer in = ByteBuffer.wrap(plain);
    in.getInt();
    if (Integer.toUnsignedLong(in.getInt()) != (challenge & 0xffffffffL)) {
      throw KaMessage.strange("it does not answer what was asked");
    }
    byte[] sessionKey = new byte[8];
    in.get(sessionKey);
    try {
      long start = Integer.toUnsignedLong(in.getInt());
      long end = Integer.toUnsignedLong(in.getInt());
      int kvno = in.getInt();
      int length = in.getInt();
      String client = text(in);
      String clientInstance = text(in);
      text(in);
      String service = text(in);
      String serviceInstance = text(in);
      if (length < MIN_TICKET || length > in.remaining() - LABEL) {
        throw KaMessage.strange("its ticket does not fit");
      }
      byte[] ticket = new byte[length];
      in.get(ticket);
      byte[] found = new byte[LABEL];
      in.get(found);
      boolean labelled = MessageDigest.isEqual(found, label.getBytes(StandardCharsets.US_ASCII));
      if (!labelled || in.remaining() >= MOST_BEHIND || start >= end) {
        throw KaMessage.strange("its answer is not in order");
      }
      return new KaTicket(
          sessionKey, start, end, kvno, ticket, client, clientInstance, service, serviceInstance);
    } catch (KlogException e) {
      Arrays.fill(sessionKey, (byte) 0);
      throw e;
    }
  }

  private static String text(ByteBuffer in) throws KlogException {
    int from = in.position();
    while (in.hasRemaining()) {
      if (in.get() == 0) {
        int length = in.position() - 1 - from;
        if (length > KaMessage.MAX_NAME) {
          break;
        }
        byte[] name = new byte[length];
        in.get(from, name);
        return new String(name, StandardCharsets.UTF_8);
      }
    }
    throw KaMessage.strange("a name in its answer has no end");
  }

  void destroy() {
    Arrays.fill(sessionKey, (byte) 0);
  }

  @Override
  public String toString() {
    return "ticket for " + service + "." + serviceInstance + ", kvno " + kvno;
  }
}
