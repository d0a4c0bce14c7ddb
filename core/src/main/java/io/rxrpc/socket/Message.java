// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link RxrpcSocket#sendmsg} sends: C's {@code msghdr}. Immutable but for the buffer, whose
 * position moves over what was sent.
 *
 * @param address the server of a new call, or null for the one given to {@code connect}; an {@link
 *     io.rxrpc.RxrpcAddress}
 * @param control exactly one {@link ControlMessage.UserCallId}, and what else there is to say
 * @param data what is to be sent; may be empty
 */
public record Message(
    @Nullable SocketAddress address, List<ControlMessage> control, ByteBuffer data) {

  /** Copies the list, not the buffer. */
  public Message {
    control = List.copyOf(control);
  }

  /**
   * {@return a message without data, for example to accept or to abort}
   *
   * @param control the control messages
   */
  public static Message of(ControlMessage... control) {
    return new Message(null, List.of(control), ByteBuffer.allocate(0));
  }

  /**
   * {@return data of the call with this tag}
   *
   * @param tag the tag of the call
   * @param data the data, from its position to its limit
   */
  public static Message of(long tag, ByteBuffer data) {
    return new Message(null, List.of(new ControlMessage.UserCallId(tag)), data);
  }

  /**
   * {@return data of the call with this tag} The array is not copied.
   *
   * @param tag the tag of the call
   * @param data the data
   */
  public static Message of(long tag, byte[] data) {
    return of(tag, ByteBuffer.wrap(data));
  }

  /**
   * {@return the same to an address}
   *
   * @param server the server
   */
  public Message to(SocketAddress server) {
    return new Message(server, control, data);
  }

  /**
   * {@return the same with one more control message}
   *
   * @param more what comes in addition
   */
  public Message with(ControlMessage more) {
    List<ControlMessage> all = new ArrayList<>(control);
    all.add(more);
    return new Message(address, all, data);
  }
}
