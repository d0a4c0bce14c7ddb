// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.klog;

import io.rxrpc.CallAbort;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.ServerCall;
import io.rxrpc.key.RxkadToken;
import io.rxrpc.security.rxkad.TicketIssuer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A small kaserver for tests: it knows some users and the key of afs, and checks what it is sent.
 * It remembers its ticket-granting tickets rather than reading them.
 */
final class TestKaserver implements AutoCloseable {
  /** How far a client's clock may be off. */
  private static final Duration SKEW = Duration.ofMinutes(15);

  static final String CELL = "test.example";
  private static final byte[] GRANTING_KEY = HexFormat.of().parseHex("0123456789abcdef");

  private final RxrpcEndpoint endpoint;
  private final TicketIssuer granting;
  private final TicketIssuer afs;
  private final Map<String, byte[]> users = new ConcurrentHashMap<>();

  /** Ticket in hexadecimal to the granting token. */
  private final Map<String, RxkadToken> given = new ConcurrentHashMap<>();

  /** Whether it knows only the older first call. */
  volatile boolean old;

  /** What happens to an answer before it is sealed. */
  volatile java.util.function.UnaryOperator<byte[]> spoil = plain -> plain;

  TestKaserver(int kvno, byte[] afsKey) throws IOException {
    SecureRandom random = new SecureRandom();
    granting = TicketIssuer.classic(1, GRANTING_KEY, random);
    afs = TicketIssuer.classic(kvno, afsKey, random);
    endpoint = RxrpcEndpoint.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    endpoint.serve(Kaserver.AUTHENTICATION, this::authenticate);
    endpoint.serve(Kaserver.TICKET_GRANTING, this::grant);
  }

  InetSocketAddress address() {
    return endpoint.localAddress();
  }

  TestKaserver user(String principal, String password) {
    users.put(principal, AfsStringToKey.key(password.toCharArray(), CELL));
    return this;
  }

  private void authenticate(ServerCall call) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(call.readAll(10_000));
    int opcode = in.getInt();
    if (opcode != Kaserver.AUTHENTICATE && (old || opcode != Kaserver.AUTHENTICATE_V2)) {
      throw new CallAbort(-455);
    }
    String name = text(in);
    String instance = text(in);
    long start = Integer.toUnsignedLong(in.getInt());
    long end = Integer.toUnsignedLong(in.getInt());
    byte[] sealed = sequence(in);
    int room = in.getInt();
    byte[] key = users.get(instance.isEmpty() ? name : name + "." + instance);
    if (key == null) {
      throw new CallAbort(Kaserver.NO_SUCH_USER);
    }
    ByteBuffer proof = ByteBuffer.wrap(KaMessage.pcbc(false, key, sealed));
    int time = proof.getInt();
    byte[] label = new byte[4];
    proof.get(label);
    if (!new String(label, StandardCharsets.US_ASCII).equals(Kaserver.REQUEST_LABEL)) {
      throw new CallAbort(Kaserver.BAD_REQUEST);
    }
    if (Math.abs(Instant.now().getEpochSecond() - time) > SKEW.toSeconds()) {
      throw new CallAbort(Kaserver.CLOCK_SKEW);
    }
    Instant from = Instant.ofEpochSecond(start);
    RxkadToken token = granting.issue(name, instance, "", from, Duration.ofSeconds(end - start));
    given.put(HexFormat.of().formatHex(token.ticket()), token);
    byte[] plain =
        answer(time + 1, token, name, instance, "krbtgt", "TEST.EXAMPLE", Kaserver.ANSWER_LABEL);
    reply(call, key, plain, room);
  }

  private void grant(ServerCall call) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(call.readAll(10_000));
    if (in.getInt() != Kaserver.GET_TICKET) {
      throw new CallAbort(-455);
    }
    int kvno = in.getInt();
    String domain = text(in);
    RxkadToken token = given.get(HexFormat.of().formatHex(sequence(in)));
    String service = text(in);
    String instance = text(in);
    byte[] times = sequence(in);
    int room = in.getInt();
    if (token == null || kvno != token.kvno() || !domain.isEmpty() || !service.equals("afs")) {
      throw new CallAbort(Kaserver.BAD_REQUEST);
    }
    ByteBuffer asked = ByteBuffer.wrap(KaMessage.ecb(false, token.sessionKey(), times));
    Instant start = Instant.ofEpochSecond(Integer.toUnsignedLong(asked.getInt()));
    Instant end = Instant.ofEpochSecond(Integer.toUnsignedLong(asked.getInt()));
    Duration lifetime = Duration.between(start, end);
    if (!lifetime.isPositive() || lifetime.compareTo(TicketIssuer.MAX_CLASSIC) > 0) {
      throw new CallAbort(Kaserver.BAD_REQUEST);
    }
    RxkadToken forAfs = afs.issue("alice", "", "", start, lifetime);
    byte[] plain = answer(0, forAfs, "alice", "", service, instance, Kaserver.TICKET_LABEL);
    reply(call, token.sessionKey(), plain, room);
  }

  private static byte[] answer(
      int challenge,
      RxkadToken token,
      String name,
      String instance,
      String service,
      String serviceInstance,
      String label)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteBuffer fixed = ByteBuffer.allocate(32);
    fixed.putInt(0).putInt(challenge).put(token.sessionKey());
    fixed.putInt((int) token.begin()).putInt((int) token.end());
    fixed.putInt(token.kvno()).putInt(token.ticketLength());
    out.write(fixed.array());
    for (String s : new String[] {name, instance, "", service, serviceInstance}) {
      out.write(s.getBytes(StandardCharsets.UTF_8));
      out.write(0);
    }
    out.write(token.ticket());
    out.write(label.getBytes(StandardCharsets.US_ASCII));
    while (out.size() % 8 != 0) {
      out.write(0);
    }
    return out.toByteArray();
  }

  private void reply(ServerCall call, byte[] key, byte[] plain, int room) throws IOException {
    byte[] sealed = KaMessage.pcbc(true, key, spoil.apply(plain));
    if (sealed.length > room) {
      throw new CallAbort(180489);
    }
    call.endReply(new KaMessage().word(room).sequence(sealed).bytes());
  }

  private static byte[] sequence(ByteBuffer in) {
    int length = in.getInt();
    byte[] bytes = new byte[length];
    in.get(bytes);
    in.position((in.position() + 3) & ~3);
    return bytes;
  }

  private static String text(ByteBuffer in) {
    return new String(sequence(in), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    endpoint.close();
    users.values().forEach(k -> Arrays.fill(k, (byte) 0));
  }
}
