// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.wire;

/** The values of {@link Header#TYPE} (wire.md 2). */
public final class PacketType {
  /** User data, both ways. */
  public static final int DATA = 1;

  /** {@link Ack}, both ways. */
  public static final int ACK = 2;

  /** The channel is still busy with an older call; server to client. */
  public static final int BUSY = 3;

  /** {@link Abort} of a call, or with callNumber 0 of the connection; both ways. */
  public static final int ABORT = 4;

  /** Everything sent so far is acknowledged; both ways, only from OpenAFS. */
  public static final int ACKALL = 5;

  /** {@link SecurityShell}, server to client. */
  public static final int CHALLENGE = 6;

  /** {@link SecurityShell}, client to server. */
  public static final int RESPONSE = 7;

  /** {@link DebugRequest} and its replies. */
  public static final int DEBUG = 8;

  /** Never specified: ignored. */
  public static final int PARAMS = 9;

  /** First reserved type: ignored. */
  public static final int RESERVED_10 = 10;

  /** Second reserved type: ignored. */
  public static final int RESERVED_11 = 11;

  /** {@link Version} request, reply or keepalive. */
  public static final int VERSION = 13;

  private PacketType() {}

  /** The name as in the protocol, {@code "DATA"}; {@code "TYPE-17"} for a type without one. */
  public static String name(int type) {
    return switch (type) {
      case DATA -> "DATA";
      case ACK -> "ACK";
      case BUSY -> "BUSY";
      case ABORT -> "ABORT";
      case ACKALL -> "ACKALL";
      case CHALLENGE -> "CHALLENGE";
      case RESPONSE -> "RESPONSE";
      case DEBUG -> "DEBUG";
      case PARAMS -> "PARAMS";
      case VERSION -> "VERSION";
      default -> "TYPE-" + type;
    };
  }
}
