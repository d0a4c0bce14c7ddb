// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import io.rxrpc.key.RxkadToken;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.ServerSecurity.Verified;
import io.rxrpc.security.krb.Der;
import io.rxrpc.security.krb.DerWriter;
import io.rxrpc.security.krb.KerberosCipher;
import io.rxrpc.security.krb.KrbException;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import io.rxrpc.wire.PcapReader;
import io.rxrpc.wire.PcapReader.Datagram;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What comes in CHALLENGE and RESPONSE, and the tickets in the latter. What lies behind a cipher is
 * sealed here with the right key, or a fuzzer would never get there. The first byte chooses.
 */
public final class TicketFuzz {
  private static final int KINDS = 8;
  private static final int KERBEROS_OUTSIDE = 0;
  private static final int KERBEROS_PART = 1;
  private static final int KERBEROS_INSIDE = 2;
  private static final int CLASSIC_INSIDE = 3;
  private static final int RESPONSE = 4;
  private static final int RESPONSE_INSIDE = 5;
  private static final int CHALLENGE = 6;

  private static final Instant NOW = Instant.parse("2026-11-22T16:00:00Z");
  private static final InstantSource CLOCK = () -> NOW;
  private static final int NONCE = 77;
  private static final int[] CALLS = {5, 0, 0x7fffffff, 9};
  private static final RxkadServer SERVER = RxkadServer.builder(TestKeys.KEYS, CLOCK).build();
  private static final RxkadToken TOKEN =
      TicketIssuer.classic(3, TestKeys.SERVICE_KEY, new Random(4))
          .issue("alice", "admin", "EXAMPLE.COM", NOW, Duration.ofHours(1));
  private static final RxkadToken KERBEROS_TOKEN =
      TicketIssuer.kerberos(5, 18, TestKeys.AES_KEY, new Random(4))
          .issue("alice", "admin", "EXAMPLE.COM", NOW, Duration.ofHours(1));
  private static final RxkadClient CLIENT = new RxkadClient(TOKEN, SecurityLevel.ENCRYPT, CLOCK);
  private static final FcryptKey SESSION = new FcryptKey(TOKEN.sessionKey());
  private static final KerberosCipher AES = KerberosCipher.of(18);

  private TicketFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length == 0) {
      return;
    }
    byte[] body = Arrays.copyOfRange(data, 1, data.length);
    try {
      run(data[0] & KINDS - 1, body);
    } catch (SecurityFailure e) {
      if (e.abortCode() == 0 || String.valueOf(e.getMessage()).isEmpty()) {
        throw new AssertionError("a failure that looks like success", e);
      }
    }
  }

  private static void run(int kind, byte[] body) throws SecurityFailure {
    switch (kind) {
      case KERBEROS_OUTSIDE ->
          open(KerberosTicket.parse(KerberosTicket.WHOLE, body), TestKeys.AES_KEY);
      case KERBEROS_PART ->
          open(KerberosTicket.parse(KerberosTicket.ENCRYPTED_PART, body), TestKeys.AES_KEY);
      case KERBEROS_INSIDE -> {
        byte[] cipher = TestKeys.sealTicket(body);
        byte[] part =
            DerWriter.sequence(
                DerWriter.context(0, DerWriter.integer(18)),
                DerWriter.context(2, DerWriter.element(Der.OCTET_STRING, cipher)));
        open(KerberosTicket.parse(KerberosTicket.ENCRYPTED_PART, part), TestKeys.AES_KEY);
      }
      case CLASSIC_INSIDE -> {
        byte[] plain = Arrays.copyOf(body, body.length + 7 & ~7);
        byte[] sealed = TestKeys.pcbc(true, TestKeys.SERVICE_KEY, plain);
        check(ClassicTicket.open(sealed, TestKeys.SERVICE_KEY));
      }
      case RESPONSE -> verify(body);
      case RESPONSE_INSIDE -> verify(response(body));
      case CHALLENGE -> {
        byte[] response = CLIENT.respond(TestKeys.ID, body, CALLS);
        if (response.length != ResponseBody.LENGTH + TOKEN.ticket().length) {
          throw new AssertionError("a RESPONSE of " + response.length + " bytes");
        }
      }
      default -> ClassicTicket.open(body, TestKeys.SERVICE_KEY);
    }
  }

  private static void open(KerberosTicket ticket, byte[] key) throws SecurityFailure {
    check(ticket.open(key, false));
  }

  private static void check(Ticket ticket) throws SecurityFailure {
    if (ticket.sessionKey().length != FcryptKey.LENGTH || ticket.name().isEmpty()) {
      throw new AssertionError("a ticket that is none");
    }
    TicketTimes.check(ticket.start(), ticket.end(), NOW.getEpochSecond());
    ticket.destroy();
  }

  private static void verify(byte[] response) throws SecurityFailure {
    Verified verified = SERVER.verify(TestKeys.ID, NONCE, response);
    for (int n : verified.callNumbers()) {
      if (n < 0) {
        throw new AssertionError("call number " + n);
      }
    }
  }

  /** A RESPONSE with this inside, as far as it goes, and the right checksum. */
  private static byte[] response(byte[] inside) {
    byte[] ticket = TOKEN.ticket();
    byte[] response = new byte[ResponseBody.LENGTH + ticket.length];
    MemorySegment p = MemorySegment.ofArray(response);
    ResponseBody.set(p, ResponseBody.VERSION, ResponseBody.VERSION_2);
    ResponseBody.set(p, ResponseBody.KVNO, 3);
    ResponseBody.set(p, ResponseBody.TICKET_LENGTH, ticket.length);
    System.arraycopy(ticket, 0, response, ResponseBody.LENGTH, ticket.length);
    int n = Math.min(inside.length, ResponseBody.SEALED_LENGTH);
    System.arraycopy(inside, 0, response, ResponseBody.SEALED, n);
    ResponseBody.set(p, ResponseBody.CHECKSUM, ResponseBody.checksum(p));
    Pcbc.encrypt(SESSION, SESSION.iv(), p, 8, p, 8, ResponseBody.SEALED_LENGTH);
    return response;
  }

  /** Tickets of both kinds, RESPONSEs, and what the captures hold. */
  public static List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    try {
      for (SecurityLevel level : SecurityLevel.values()) {
        RxkadClient client = new RxkadClient(TOKEN, level, CLOCK);
        byte[] response = client.respond(TestKeys.ID, SERVER.challenge(NONCE), CALLS);
        add(seeds, RESPONSE, response.clone());
        MemorySegment p = MemorySegment.ofArray(response);
        Pcbc.decrypt(SESSION, SESSION.iv(), p, 8, p, 8, ResponseBody.SEALED_LENGTH);
        add(seeds, RESPONSE_INSIDE, Arrays.copyOfRange(response, 8, 48));
      }
      add(
          seeds,
          RESPONSE,
          new RxkadClient(KERBEROS_TOKEN, SecurityLevel.CLEAR, CLOCK)
              .respond(TestKeys.ID, SERVER.challenge(NONCE), CALLS));
      add(seeds, CHALLENGE, SERVER.challenge(NONCE));
      add(seeds, KERBEROS_PART, KERBEROS_TOKEN.ticket());
      Der part = Der.of(KERBEROS_TOKEN.ticket()).only(Der.SEQUENCE);
      part.enter(Der.context(0));
      part.enter(Der.context(1));
      byte[] cipher = part.enter(Der.context(2)).octets();
      add(
          seeds,
          KERBEROS_INSIDE,
          AES.decrypt(TestKeys.AES_KEY, KerberosTicket.TICKET_USAGE, cipher));
      add(seeds, 7, TOKEN.ticket());
      add(seeds, CLASSIC_INSIDE, TestKeys.pcbc(false, TestKeys.SERVICE_KEY, TOKEN.ticket()));
      for (VectorFile.Row row : VectorFile.read("tickets").rows("k4_tickets")) {
        add(seeds, CLASSIC_INSIDE, TestKeys.pcbc(false, row.hex("service_key"), row.hex("ticket")));
      }
    } catch (SecurityFailure | KrbException e) {
      throw new AssertionError(e);
    }
    for (VectorFile.Row row : VectorFile.read("tickets").rows("k5_encpart_tokens")) {
      boolean whole = row.int32("token_kvno") == KerberosTicket.WHOLE;
      add(seeds, whole ? KERBEROS_OUTSIDE : KERBEROS_PART, row.hex("ticket"));
    }
    for (String name :
        List.of(
            "04-rxkad-aes213-clear-vos",
            "07-rxkad-krb5-256-crypt-afsio",
            "20-rxkad-des3-clear-vos",
            "linux-rxkad-1")) {
      for (Datagram d : PcapReader.capture(name)) {
        byte[] payload = d.payload();
        int type = Header.type(d.memory(), 0);
        if (type == PacketType.RESPONSE || type == PacketType.CHALLENGE) {
          add(
              seeds,
              type == PacketType.RESPONSE ? RESPONSE : CHALLENGE,
              Arrays.copyOfRange(payload, Header.LENGTH, payload.length));
        }
      }
    }
    return seeds;
  }

  private static void add(List<byte[]> seeds, int kind, byte[] body) {
    byte[] seed = new byte[body.length + 1];
    seed[0] = (byte) kind;
    System.arraycopy(body, 0, seed, 1, body.length);
    seeds.add(seed);
  }
}
