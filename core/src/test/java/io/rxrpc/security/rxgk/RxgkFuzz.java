// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxgk;

import io.rxrpc.key.RxgkToken;
import io.rxrpc.security.AuthName;
import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.ResponsePacket;
import io.rxrpc.security.SealedPacket;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.ServerSecurity.Verified;
import io.rxrpc.security.krb.KerberosKey;
import io.rxrpc.security.krb.KrbException;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import io.rxrpc.wire.PcapReader;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What comes in CHALLENGE, RESPONSE and DATA of rxgk, and what stands in tokens and authenticators.
 * What lies behind a cipher is sealed here with the right key, or a fuzzer would never get there.
 * The first byte chooses what it is, the form and the level.
 */
public final class RxgkFuzz {
  private static final int KINDS = 8;
  private static final int RESPONSE = 0;
  private static final int CONTAINER = 1;
  private static final int TOKEN_INSIDE = 2;
  private static final int AUTHENTICATOR_INSIDE = 3;
  private static final int PACKET = 4;
  private static final int PACKET_INSIDE = 5;
  private static final int CHALLENGE = 6;
  private static final int YFS = 8;
  private static final int ENCRYPT = 16;

  private static final InstantSource CLOCK = () -> Instant.EPOCH;
  private static final int[] CALLS = {1, 0, 0, 0};
  private static final byte[] NONCE = new byte[Authenticator.NONCE_LENGTH];
  private static final byte[] SERVER_KEY = new byte[32];
  private static final RxgkServerKeys KEYS = RxgkServerKeys.one(4, 18, SERVER_KEY);
  private static final KerberosKey SERVER;
  private static final KerberosKey K0;

  static {
    try {
      SERVER = KerberosKey.of(18, SERVER_KEY);
      K0 = KerberosKey.of(17, new byte[16]);
    } catch (KrbException e) {
      throw new AssertionError(e);
    }
  }

  private final RxgkForm form;
  private final SecurityLevel level;
  private final ConnectionIdentity id;

  private RxgkFuzz(int choice) {
    form = (choice & YFS) != 0 ? RxgkForm.YFS : RxgkForm.OPENAFS;
    level = (choice & ENCRYPT) != 0 ? SecurityLevel.ENCRYPT : SecurityLevel.AUTH;
    id = new ConnectionIdentity(0x80000001, 0x4000, 9, form.index());
  }

  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length == 0) {
      return;
    }
    byte[] body = Arrays.copyOfRange(data, 1, data.length);
    try {
      new RxgkFuzz(data[0]).run(data[0] & KINDS - 1, body);
    } catch (SecurityFailure e) {
      if (e.abortCode() == 0 || String.valueOf(e.getMessage()).isEmpty()) {
        throw new AssertionError("a failure that looks like success", e);
      }
    } catch (KrbException e) {
      throw new AssertionError("Kerberos's failure got out", e);
    }
  }

  private void run(int kind, byte[] body) throws SecurityFailure, KrbException {
    switch (kind) {
      case RESPONSE -> verify(body);
      case CONTAINER -> TokenContents.open(form, body, id.serviceId(), KEYS);
      case TOKEN_INSIDE -> verify(new ResponseOctets(5, sealed(body), new byte[84]).octets());
      case AUTHENTICATOR_INSIDE -> {
        byte[] sealed = transport().key(0).encrypt(1030, new byte[16], body);
        verify(new ResponseOctets(5, token().token(), sealed).octets());
      }
      case PACKET -> unseal(body);
      case PACKET_INSIDE -> unseal(transport().key(0).encrypt(1028, new byte[16], body));
      case CHALLENGE -> {
        ResponsePacket response = client().respond(body, CALLS);
        verifyAny(Arrays.copyOf(body, NONCE.length), response);
      }
      default -> contents(body);
    }
  }

  private void contents(byte[] body) throws SecurityFailure {
    TokenContents contents = TokenContents.read(form, body);
    TokenContents again =
        TokenContents.open(form, contents.seal(form, 4, SERVER, new Random(1)), 9, KEYS);
    if (!again.names().equals(contents.names()) || again.expiration() != contents.expiration()) {
      throw new AssertionError("a token that does not survive being sealed");
    }
  }

  private byte[] sealed(byte[] plain) throws KrbException {
    return new TokenContainer(4, 18, SERVER.encrypt(TokenContents.USAGE, new byte[16], plain))
        .octets();
  }

  private RxgkToken token() {
    TokenContents contents =
        new TokenContents(
            17, K0.bytes(), level.number(), 0, 0, 0, 0, List.of(AuthName.kerberos5("a@B")));
    return contents.token(form, contents.seal(form, 4, SERVER, new Random(1)));
  }

  private TransportKeys transport() throws KrbException {
    return new TransportKeys(KerberosKey.of(17, K0.bytes()), id, 5);
  }

  private RxgkClientConnection client() throws SecurityFailure {
    return new RxgkClient(token(), SecurityLevel.AUTH, CLOCK, new Random(2)).connect(id, 5);
  }

  private void verify(byte[] response) throws SecurityFailure {
    verifyAny(NONCE, new ResponsePacket(response));
  }

  private void verifyAny(byte[] nonce, ResponsePacket response) throws SecurityFailure {
    Verified verified =
        RxgkServer.builder(form, KEYS, CLOCK, new Random(3)).build().verify(id, nonce, response);
    PeerIdentity peer = verified.security().peer();
    if (peer == null || peer.principal().isEmpty() || verified.callNumbers().length != 4) {
      throw new AssertionError("verified, and nobody is there");
    }
    for (int number : verified.callNumbers()) {
      if (number < 0) {
        throw new AssertionError("call number " + number);
      }
    }
  }

  private void unseal(byte[] payload) throws SecurityFailure {
    byte[] before = payload.clone();
    SealedPacket packet = new SealedPacket();
    packet.set(MemorySegment.ofArray(payload), 0, payload.length, id.cid(), 1, 1, 0);
    byte[] out = new byte[payload.length];
    int length = client().unseal(packet, MemorySegment.ofArray(out), 0);
    if (length < 0 || length > payload.length || !Arrays.equals(before, payload)) {
      throw new AssertionError("unsealed " + length + " of " + payload.length);
    }
  }

  /** What the captures hold, and what is in it. */
  public static List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    try {
      for (int choice : new int[] {0, YFS, ENCRYPT, YFS | ENCRYPT}) {
        RxgkFuzz one = new RxgkFuzz(choice);
        byte[] response = one.client().respond(NONCE, CALLS).payload();
        add(seeds, choice | RESPONSE, response);
        add(seeds, choice | CONTAINER, one.token().token());
        ResponseOctets octets = ResponseOctets.read(one.form, response);
        TokenContainer container = TokenContainer.read(one.form, octets.token());
        byte[] inside = SERVER.decrypt(TokenContents.USAGE, container.sealed());
        add(seeds, choice | TOKEN_INSIDE, inside);
        add(seeds, choice | KINDS - 1, inside);
        add(
            seeds,
            choice | AUTHENTICATOR_INSIDE,
            one.transport().key(0).decrypt(1030, octets.authenticator()));
        add(seeds, choice | PACKET, one.transport().key(0).encrypt(1028, new byte[16], place(one)));
        add(seeds, choice | PACKET_INSIDE, place(one));
        add(seeds, choice | CHALLENGE, NONCE);
      }
    } catch (SecurityFailure | KrbException e) {
      throw new AssertionError(e);
    }
    for (String name : List.of("40-rxgk-crypt-vos", "50-rxgk-linux-etype18-crypt")) {
      for (PcapReader.Datagram d : PcapReader.capture(name)) {
        int type = Header.type(d.memory(), 0);
        byte[] payload = d.payload();
        if (type == PacketType.RESPONSE || type == PacketType.CHALLENGE) {
          int kind = type == PacketType.RESPONSE ? RESPONSE : CHALLENGE;
          add(
              seeds,
              kind | (name.contains("linux") ? YFS : 0),
              Arrays.copyOfRange(payload, Header.LENGTH, payload.length));
        }
      }
    }
    return seeds;
  }

  private static byte[] place(RxgkFuzz one) {
    return new RxgkWriter()
        .int32(one.id.epoch())
        .int32(one.id.cid())
        .int32(1)
        .int32(1)
        .int32(one.form.index())
        .int32(3)
        .fixed(new byte[] {7, 8, 9})
        .take();
  }

  private static void add(List<byte[]> seeds, int kind, byte[] body) {
    byte[] seed = new byte[body.length + 1];
    seed[0] = (byte) kind;
    System.arraycopy(body, 0, seed, 1, body.length);
    seeds.add(seed);
  }
}
