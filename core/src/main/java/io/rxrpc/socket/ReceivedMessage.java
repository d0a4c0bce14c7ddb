// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import io.rxrpc.RxrpcAddress;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@link RxrpcSocket#recvmsg} received. Immutable.
 *
 * @param address the other end of the call and its service
 * @param control the tag, and what has happened to the call
 * @param length bytes of data that were put into the buffer
 * @param flags {@link MsgFlag#MORE} and {@link MsgFlag#EOR}
 */
public record ReceivedMessage(
    RxrpcAddress address, List<ControlMessage> control, int length, Set<MsgFlag> flags) {

  /** Copies the collections. */
  public ReceivedMessage {
    control = List.copyOf(control);
    flags = Set.copyOf(flags);
  }

  /** {@return the tag of the call; empty for {@link ControlMessage.NewCall}} */
  public OptionalLong userCallId() {
    ControlMessage.UserCallId id = find(ControlMessage.UserCallId.class);
    return id == null ? OptionalLong.empty() : OptionalLong.of(id.tag());
  }

  /**
   * {@return the control message of a type, or null if there is none}
   *
   * @param <T> the type of the value
   * @param type the class to look for
   */
  public <T extends ControlMessage> @Nullable T find(Class<T> type) {
    for (ControlMessage c : control) {
      if (type.isInstance(c)) {
        return type.cast(c);
      }
    }
    return null;
  }

  /**
   * {@return whether a control message of a type is there}
   *
   * @param type the type
   */
  public boolean has(Class<? extends ControlMessage> type) {
    return find(type) != null;
  }

  /** {@return whether more data of the call's phase is to be had} */
  public boolean more() {
    return flags.contains(MsgFlag.MORE);
  }

  /** {@return whether this is the last message of its call} */
  public boolean endOfRecord() {
    return flags.contains(MsgFlag.EOR);
  }
}
