// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.examples;

import io.rxrpc.socket.ControlMessage;
import io.rxrpc.socket.MsgFlag;
import io.rxrpc.socket.ReceivedMessage;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Prints what a walk-through does, with the document's numbers. */
final class Steps {
  private final PrintStream out;

  Steps(PrintStream out) {
    this.out = out;
  }

  /** One step. */
  void step(int number, String what) {
    out.printf("(%d) %s%n", number, what);
    out.flush();
  }

  /** A sendmsg of one step. */
  void sent(int number, int bytes, List<ControlMessage> control, MsgFlag... flags) {
    step(number, "sendmsg: %d bytes%s".formatted(bytes, marks(control, Set.of(flags))));
  }

  /** A recvmsg of one step. */
  void received(int number, ReceivedMessage m, ByteBuffer data) {
    String text = m.length() == 0 ? "" : " \"" + text(data, m.length()) + "\"";
    step(
        number, "recvmsg: %d bytes%s%s".formatted(m.length(), text, marks(m.control(), m.flags())));
  }

  private static String marks(List<ControlMessage> control, Set<MsgFlag> flags) {
    String all = control.stream().map(c -> " RXRPC_" + c).collect(Collectors.joining());
    return all + flags.stream().sorted().map(f -> " MSG_" + f).collect(Collectors.joining());
  }

  /** The last bytes of what a buffer was filled with. */
  static String text(ByteBuffer data, int length) {
    byte[] bytes = new byte[length];
    data.get(data.position() - length, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
