// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.klog;

import io.rxrpc.CallOptions;
import io.rxrpc.RemoteAbortException;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.RxrpcException;
import io.rxrpc.key.ClientTokens;
import io.rxrpc.key.RxkadToken;
import io.rxrpc.security.rxkad.TicketIssuer;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;

/**
 * The older way to a token: the AFS kaserver, which answers over Rx. A password proves who asks,
 * and whatever it protects is single DES: for cells that have nothing better. Blocks the calling
 * thread.
 */
public final class Kaserver {
  /** The UDP port of kaservers. */
  public static final int PORT = 7004;

  static final int AUTHENTICATION = 731;
  static final int TICKET_GRANTING = 732;
  static final int AUTHENTICATE_V2 = 22;
  static final int AUTHENTICATE = 21;
  static final int GET_TICKET = 23;
  static final String REQUEST_LABEL = "gTGS";
  static final String ANSWER_LABEL = "tgsT";
  static final String TICKET_LABEL = "gtkt";

  /** The longest classic ticket that all servers read alike. */
  private static final Duration LIFETIME = TicketIssuer.MAX_CLASSIC;

  // of kauth's error table
  static final int NO_SUCH_USER = 180484;
  private static final int BAD_NAME = 180486;
  static final int BAD_REQUEST = 180490;
  private static final int BAD_USER = 180508;
  static final int CLOCK_SKEW = 180514;
  private static final int PASSWORD_EXPIRED = 180519;
  private static final int LOCKED = 180522;
  private static final int BAD_OPCODE = -455;

  private final RxrpcEndpoint endpoint;
  private final InetSocketAddress server;
  private final CallOptions options;
  private final InstantSource clock;

  /**
   * A server to ask.
   *
   * @param endpoint makes the calls; stays the caller's
   * @param server a database server of the cell, with {@link #PORT} in general
   * @param limit for each of the two calls
   */
  public Kaserver(RxrpcEndpoint endpoint, InetSocketAddress server, Duration limit) {
    this(endpoint, server, limit, InstantSource.system());
  }

  Kaserver(RxrpcEndpoint endpoint, InetSocketAddress server, Duration limit, InstantSource clock) {
    this.endpoint = endpoint;
    this.server = server;
    this.options = CallOptions.DEFAULT.timeout(limit);
    this.clock = clock;
  }

  /**
   * Gets a token for the service {@code afs} of a cell.
   *
   * @param user {@code NAME} or {@code NAME.INSTANCE}
   * @param cell the cell, which is mixed into the password's key
   * @param password proves who is asking
   * @return the result
   * @throws KlogException in one line: wrong password, unknown user, nobody answers
   */
  public Klog.Result obtain(String user, String cell, Credential.Password password)
      throws KlogException {
    int dot = user.indexOf('.');
    String name = dot < 0 ? user : user.substring(0, dot);
    String instance = dot < 0 ? "" : user.substring(dot + 1);
    check(name);
    check(instance);
    byte[] key = AfsStringToKey.key(password.secret(), cell);
    try {
      KaTicket granting = authenticate(user, name, instance, key);
      try {
        return token(user, cell, granting);
      } finally {
        granting.destroy();
      }
    } catch (RxrpcException e) {
      throw failure(e, user);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static void check(String name) throws KlogException {
    if (name.getBytes(StandardCharsets.UTF_8).length > KaMessage.MAX_NAME) {
      throw new KlogException("a name of more than " + KaMessage.MAX_NAME + " bytes");
    }
  }

  /** The first call: the password's key opens a ticket for the second. */
  private KaTicket authenticate(String user, String name, String instance, byte[] key)
      throws RxrpcException, KlogException {
    long now = clock.instant().getEpochSecond();
    byte[] proof =
        ByteBuffer.allocate(8)
            .putInt((int) now)
            .put(REQUEST_LABEL.getBytes(StandardCharsets.US_ASCII))
            .array();
    byte[] sealed = KaMessage.pcbc(true, key, proof);
    byte[] reply;
    try {
      reply = authenticate(AUTHENTICATE_V2, name, instance, now, sealed);
    } catch (RemoteAbortException e) {
      if (e.code().value() != BAD_OPCODE) {
        throw e;
      }
      reply = authenticate(AUTHENTICATE, name, instance, now, sealed); // an older server
    }
    byte[] plain = KaMessage.pcbc(false, key, KaMessage.answer(reply));
    try {
      KaTicket ticket = KaTicket.read(plain, now + 1, ANSWER_LABEL);
      if (!ticket.client().equals(name) || !ticket.clientInstance().equals(instance)) {
        ticket.destroy();
        throw KaMessage.strange("its ticket is not for " + user);
      }
      return ticket;
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private byte[] authenticate(int opcode, String name, String instance, long now, byte[] sealed)
      throws RxrpcException {
    byte[] request =
        new KaMessage()
            .word(opcode)
            .text(name)
            .text(instance)
            .word(now)
            .word(now + LIFETIME.toSeconds())
            .sequence(sealed)
            .word(KaMessage.MAX_SEQUENCE)
            .word(0)
            .bytes();
    return endpoint.call(new RxrpcAddress(server, AUTHENTICATION), request, options);
  }

  /** The second call: the ticket for afs, opened by the first one's session key. */
  private Klog.Result token(String user, String cell, KaTicket granting)
      throws RxrpcException, KlogException {
    byte[] times =
        ByteBuffer.allocate(8).putInt((int) granting.start()).putInt((int) granting.end()).array();
    byte[] request =
        new KaMessage()
            .word(GET_TICKET)
            .word(granting.kvno())
            .text("") // the ticket's realm: the cell itself
            .sequence(granting.ticket())
            .text("afs")
            .text("")
            .sequence(KaMessage.ecb(true, granting.sessionKey(), times))
            .word(KaMessage.MAX_SEQUENCE)
            .word(0)
            .bytes();
    byte[] reply = endpoint.call(new RxrpcAddress(server, TICKET_GRANTING), request, options);
    byte[] plain = KaMessage.pcbc(false, granting.sessionKey(), KaMessage.answer(reply));
    try {
      KaTicket ticket = KaTicket.read(plain, 0, TICKET_LABEL);
      try {
        if (!ticket.service().equals("afs")) {
          throw KaMessage.strange("its ticket is not for afs");
        }
        RxkadToken token =
            new RxkadToken(
                0,
                ticket.kvno(),
                ticket.sessionKey(),
                ticket.start(),
                ticket.end(),
                false,
                ticket.ticket());
        return new Klog.Result(
            user + "@" + cell, "afs@" + cell, "des", new ClientTokens(cell, List.of(token)));
      } finally {
        ticket.destroy();
      }
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private KlogException failure(RxrpcException e, String user) {
    if (e instanceof RemoteAbortException abort) {
      String why =
          switch (abort.code().value()) {
            case NO_SUCH_USER, BAD_NAME -> user + " is not known to it; check the name";
            case BAD_REQUEST ->
                "wrong password for " + user + ", or the cell is called otherwise; try again";
            case BAD_USER -> user + " may not log in";
            case CLOCK_SKEW -> "this machine's clock and its own are too far apart; set the clock";
            case PASSWORD_EXPIRED -> "the password of " + user + " has ended; set a new one";
            case LOCKED -> user + " is locked; ask the administrator of the cell";
            default -> abort.code().toString();
          };
      return new KlogException("the kaserver " + abort.address() + " refuses: " + why, e);
    }
    return KlogException.network("no answer from the kaserver: " + e.getMessage(), e);
  }
}
