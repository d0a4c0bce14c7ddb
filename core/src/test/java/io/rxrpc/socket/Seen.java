// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import io.rxrpc.udp.Errno;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What our sockets answered, row by row, and which class each row is in. */
final class Seen {
  /** The classes of the conformance page. */
  enum Kind {
    SAME("same"),
    DIFFERENT("different on purpose"),
    INEXPRESSIBLE("not expressible in Java"),
    PENDING("pending");

    final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  /**
   * One row's answer.
   *
   * @param ours what we answered, or null where there is nothing to run
   * @param wanted what we must answer, or null for what the file says
   */
  record Answer(Kind kind, @Nullable String ours, @Nullable String wanted, String reason) {}

  /** An operation of a row. */
  interface Action {
    @Nullable Object run() throws Exception;
  }

  private final Map<String, Answer> answers = new LinkedHashMap<>();

  Map<String, Answer> answers() {
    return answers;
  }

  /** The row must come out as the file has it. */
  void same(String id, Action action) {
    answers.put(id, new Answer(Kind.SAME, result(action), null, ""));
  }

  /** The same where the file compares outcomes: {@code wanted} is what of it can be seen. */
  void outcome(String id, String wanted, String why, Action action) {
    answers.put(id, new Answer(Kind.SAME, result(action), wanted, why));
  }

  void different(String id, String wanted, String reason, Action action) {
    answers.put(id, new Answer(Kind.DIFFERENT, result(action), wanted, reason));
  }

  void inexpressible(String reason, String... ids) {
    for (String id : ids) {
      answers.put(id, new Answer(Kind.INEXPRESSIBLE, null, null, reason));
    }
  }

  void pending(String reason, String... ids) {
    for (String id : ids) {
      answers.put(id, new Answer(Kind.PENDING, null, null, reason));
    }
  }

  private static String result(Action action) {
    try {
      Object value = action.run();
      if (value instanceof RxrpcSocket s) {
        s.close();
        return "0";
      }
      return value == null ? "0" : value.toString();
    } catch (SocketErrorException e) {
      return Errno.name(e.number());
    } catch (UnsupportedOperationException e) {
      return String.valueOf(e.getMessage()).replaceFirst(":.*", "");
    } catch (Exception e) {
      return e.toString();
    }
  }

  /** One recvmsg as the file writes it; ETIMEDOUT when nothing comes in time. */
  static String receive(RxrpcSocket s, int room, Duration patience, MsgFlag... flags)
      throws IOException {
    if (patience.isPositive() && s.poll(Set.of(PollEvent.IN), patience).isEmpty()) {
      return "ETIMEDOUT";
    }
    return line(s.recvmsg(ByteBuffer.allocate(room), flags));
  }

  /** Waits as long as it takes, within reason. */
  static String receive(RxrpcSocket s, int room, MsgFlag... flags) throws IOException {
    return line(s.recvmsg(ByteBuffer.allocate(room), flags));
  }

  static String line(ReceivedMessage m) {
    String control =
        m.control().stream()
            .map(
                c ->
                    switch (c) {
                      case ControlMessage.UserCallId id -> "id=" + id.tag();
                      case ControlMessage.Abort a -> "RXRPC_ABORT=" + a.code();
                      default -> "RXRPC_" + c;
                    })
            .collect(Collectors.joining(" "));
    String flags = m.flags().stream().sorted().map(Enum::name).collect(Collectors.joining(" "));
    return m.length() + " bytes " + control + " flags=" + (flags.isEmpty() ? "0" : flags);
  }

  static <T> T must(Callable<T> c) {
    try {
      return c.call();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
