// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.driver.Wakeups;
import io.rxrpc.engine.OpenChallenge;
import io.rxrpc.security.ResponsePacket;
import io.rxrpc.udp.Errno;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** CHALLENGEs that the application answers. Under the driver's lock. */
final class Challenges {
  /** What a datagram has room for behind the header. */
  private static final int MOST_RESPONSE = 65_507 - 28;

  /** A CHALLENGE with its id. */
  static final class Question {
    private final long id;
    private final OpenChallenge challenge;
    private final Inbox.Entry message = new Inbox.Entry(Inbox.Kind.CHALLENGE, null, null);

    Question(long id, OpenChallenge challenge) {
      this.id = id;
      this.challenge = challenge;
      message.question = this;
    }

    /** As {@code recvmsg} tells it. */
    ReceivedMessage told() {
      ByteBuffer payload = ByteBuffer.wrap(challenge.payload());
      return new ReceivedMessage(
          new RxrpcAddress(challenge.peer(), challenge.serviceId()),
          List.of(
              new ControlMessage.OobId(id),
              new ControlMessage.Challenged(
                  challenge.serviceId(), challenge.securityIndex(), payload)),
          0,
          Set.of(MsgFlag.OOB));
    }
  }

  private final CallTable table;
  private final Map<Long, Question> open = new HashMap<>();
  private long lastId;

  Challenges(CallTable table) {
    this.table = table;
  }

  /** A CHALLENGE has come, or has expired. */
  void changed(OpenChallenge challenge, Wakeups wakeups) {
    if (!challenge.isOpen()) {
      open.values().removeIf(q -> q.challenge == challenge && withdraw(q));
      return;
    }
    Question q = new Question(++lastId, challenge);
    open.put(q.id, q);
    table.inbox.append(q.message);
    table.arrivedForAnybody(wakeups);
  }

  /**
   * Answers: with this, or by the key if this is empty.
   *
   * @return bytes taken
   * @throws SocketErrorException EBADSLT when there is nothing to answer, EMSGSIZE
   */
  int respond(long id, ByteBuffer response, long now) throws SocketErrorException {
    int n = response.remaining();
    if (n > MOST_RESPONSE) {
      throw new SocketErrorException(Errno.EMSGSIZE, "a RESPONSE of " + n + " bytes");
    }
    OpenChallenge challenge = take(id);
    if (n == 0) {
      challenge.respond();
    } else {
      byte[] payload = new byte[n];
      response.get(payload);
      challenge.respond(new ResponsePacket(payload), now);
    }
    return n;
  }

  /**
   * Aborts the connection that was challenged.
   *
   * @throws SocketErrorException EBADSLT when there is no such CHALLENGE
   */
  void reject(long id, int code, long now) throws SocketErrorException {
    take(id).reject(code, now);
  }

  void forgetAll() {
    open.values().forEach(this::withdraw);
    open.clear();
  }

  private OpenChallenge take(long id) throws SocketErrorException {
    Question q = open.remove(id);
    if (q == null) {
      throw new SocketErrorException(
          Errno.EBADSLT, "no challenge has the id " + Long.toUnsignedString(id));
    }
    withdraw(q);
    return q.challenge;
  }

  private boolean withdraw(Question q) {
    table.inbox.remove(q.message);
    return true;
  }
}
