// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxgk;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.key.RxgkTime;
import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.ConnectionSecurity;
import io.rxrpc.security.PlainPackets;
import io.rxrpc.security.ResponsePacket;
import io.rxrpc.security.SealedPacket;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.ServerSecurity.Verified;
import io.rxrpc.security.krb.KerberosKey;
import io.rxrpc.security.krb.KrbException;
import io.rxrpc.security.rxkad.WholePacket;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Both ends' part in what real peers have sent: each datagram is opened by the end that it was for,
 * and sealed again by the one that it is from, with its confounder, to the same octets.
 */
final class WireReplay implements InstantSource {
  private static final int CLIENT_INITIATED = 1;

  /** What a packet was seen to hold. */
  record Opened(WholePacket.Part part, byte[] data, byte[] confounder) {}

  private final RxgkServerKeys keys;
  private final Map<Long, Life> lives = new HashMap<>();
  private Instant now = Instant.EPOCH;

  final List<Opened> opened = new ArrayList<>();
  final List<SecurityFailure> refused = new ArrayList<>();
  final Set<SecurityLevel> levels = new HashSet<>();
  int responses;

  WireReplay(RxgkServerKeys keys) {
    this.keys = keys;
  }

  @Override
  public Instant instant() {
    return now;
  }

  private static final class Life {
    byte[] nonce = new byte[0];
    ConnectionSecurity server;
    RxgkClientConnection client;
    TokenContents token;
    ResponseOctets response;
    boolean dead;
    final List<byte[]> waiting = new ArrayList<>();
    final Set<List<Integer>> seen = new HashSet<>();
  }

  void take(byte[] udp) {
    if (udp.length < Header.LENGTH) {
      return;
    }
    MemorySegment p = MemorySegment.ofArray(udp);
    if (RxgkForm.of(Header.securityIndex(p, 0)) == null) {
      return;
    }
    ConnectionIdentity id = WholePacket.identity(udp);
    long name = (long) id.epoch() << 32 | (id.cid() & 0xffffffffL);
    Life life = lives.computeIfAbsent(name, n -> new Life());
    try {
      switch (WholePacket.type(udp)) {
        case PacketType.CHALLENGE -> life.nonce = WholePacket.payload(udp);
        case PacketType.RESPONSE -> response(life, id, udp);
        case PacketType.DATA -> data(life, id, udp);
        default -> {}
      }
    } catch (SecurityFailure e) {
      refused.add(e);
      life.dead = life.server == null;
      life.waiting.clear();
    } catch (KrbException e) {
      throw new AssertionError(e);
    }
  }

  private void response(Life life, ConnectionIdentity id, byte[] udp)
      throws SecurityFailure, KrbException {
    if (life.server != null || life.dead) {
      return; // nobody reads a second one
    }
    RxgkForm form = RxgkForm.of(id.securityIndex());
    byte[] payload = WholePacket.payload(udp);
    int number = Header.checksum(MemorySegment.ofArray(udp), 0);
    ResponseOctets octets = ResponseOctets.read(form, payload);
    if (now.isBefore(RxgkTime.instant(octets.start()))) {
      now = RxgkTime.instant(octets.start());
    }
    RxgkServer server =
        RxgkServer.builder(form, keys, this, new ScriptedRandom(new byte[0])).build();
    Verified verified = server.verify(id, life.nonce, new ResponsePacket(payload, number));
    responses++;
    life.server = verified.security();
    life.token = TokenContents.open(form, octets.token(), id.serviceId(), keys);
    life.response = octets;
    levels.add(life.server.level());
    life.client = client(life, id, 0, new byte[0]);
    resealToken(form, id, octets.token());
    resealResponse(life, id, payload, number);
    for (byte[] before : List.copyOf(life.waiting)) {
      data(life, id, before);
    }
    life.waiting.clear();
  }

  private RxgkClientConnection client(
      Life life, ConnectionIdentity id, long number, byte[] confounder) throws SecurityFailure {
    RxgkForm form = RxgkForm.of(id.securityIndex());
    RxgkConnection.Terms terms = terms(form, life, confounder);
    return new RxgkClientConnection(
        terms,
        transport(life, id),
        new KeyNumbers(form, this, number, 0, 0),
        life.response.token(),
        c -> new byte[0]);
  }

  private static RxgkConnection.Terms terms(RxgkForm form, Life life, byte[] confounder) {
    return new RxgkConnection.Terms(
        form,
        SecurityLevel.of(life.token.level()),
        new ScriptedRandom(confounder),
        new Scratch.Pool(),
        () -> {},
        null);
  }

  private static TransportKeys transport(Life life, ConnectionIdentity id) {
    try {
      return new TransportKeys(
          KerberosKey.of(life.token.enctype(), life.token.k0()), id, life.response.start());
    } catch (KrbException e) {
      throw new AssertionError(e);
    }
  }

  private void resealToken(RxgkForm form, ConnectionIdentity id, byte[] octets)
      throws SecurityFailure, KrbException {
    TokenContainer container = TokenContainer.read(form, octets);
    KerberosKey key =
        KerberosKey.of(
            container.enctype(), keys.find(id.serviceId(), container.kvno(), container.enctype()));
    byte[] confounder = confounder(key, TokenContents.USAGE, container.sealed());
    TokenContents contents = TokenContents.open(form, octets, id.serviceId(), keys);
    assertThat(contents.seal(form, container.kvno(), key, new ScriptedRandom(confounder)))
        .as("the token")
        .isEqualTo(octets);
  }

  private void resealResponse(Life life, ConnectionIdentity id, byte[] payload, int number)
      throws SecurityFailure, KrbException {
    RxgkForm form = RxgkForm.of(id.securityIndex());
    KerberosKey key = transport(life, id).key(number);
    byte[] sealed = life.response.authenticator();
    byte[] confounder = confounder(key, RxgkClientConnection.AUTHENTICATOR, sealed);
    Authenticator said =
        Authenticator.read(form, key.decrypt(RxgkClientConnection.AUTHENTICATOR, sealed));
    RxgkClientConnection again =
        new RxgkClientConnection(
            terms(form, life, confounder),
            transport(life, id),
            new KeyNumbers(form, this, number, 0, 0),
            life.response.token(),
            c -> said.appData());
    ResponsePacket response = again.respond(life.nonce, said.callNumbers());
    assertThat(response.payload()).as("the RESPONSE").isEqualTo(payload);
    assertThat(response.checksum()).isEqualTo(number);
  }

  private static byte[] confounder(KerberosKey key, int usage, byte[] sealed) throws KrbException {
    byte[] whole = new byte[sealed.length];
    key.usage(usage).decrypt(sealed, 0, sealed.length, whole, 0);
    return Arrays.copyOf(whole, KerberosKey.CONFOUNDER);
  }

  private void data(Life life, ConnectionIdentity id, byte[] udp)
      throws SecurityFailure, KrbException {
    boolean toServer = (udp[Header.FLAGS] & CLIENT_INITIATED) != 0;
    if (life.server == null) {
      if (!life.dead && toServer) {
        life.waiting.add(udp); // kept until it is known who calls
      }
      return;
    }
    for (WholePacket.Part part : WholePacket.parts(udp)) {
      int side = toServer ? 0 : 1;
      if (life.seen.add(List.of(side, part.cid(), part.callNumber(), part.seq()))) {
        packet(life, id, udp, part, toServer);
      }
    }
  }

  private void packet(
      Life life, ConnectionIdentity id, byte[] udp, WholePacket.Part part, boolean toServer)
      throws SecurityFailure, KrbException {
    byte[] payload = Arrays.copyOfRange(udp, part.at(), part.at() + part.length());
    byte[] out = new byte[payload.length];
    SealedPacket packet = new SealedPacket();
    packet.set(
        MemorySegment.ofArray(payload),
        0,
        payload.length,
        part.cid(),
        part.callNumber(),
        part.seq(),
        part.checksum());
    ConnectionSecurity receiver = toServer ? life.server : life.client;
    int length = receiver.unseal(packet, MemorySegment.ofArray(out), 0);
    byte[] data = Arrays.copyOf(out, length);
    byte[] confounder = new byte[0];
    if (receiver.level() == SecurityLevel.ENCRYPT) {
      int usage = (toServer ? direction(true) : direction(false)).encrypt();
      confounder = confounder(transport(life, id).key(part.checksum()), usage, payload);
    }
    opened.add(new Opened(part, data, confounder));
    RxgkConnection sender =
        new RxgkConnection(
            terms(RxgkForm.of(id.securityIndex()), life, confounder),
            transport(life, id),
            new KeyNumbers(RxgkForm.of(id.securityIndex()), this, part.checksum(), 0, 0),
            direction(toServer),
            direction(!toServer));
    byte[] again = new byte[Header.LENGTH + sender.sealedLength(length)];
    System.arraycopy(data, 0, again, Header.LENGTH + sender.headerRoom(), length);
    PlainPackets plain = new PlainPackets(PlainPackets.Sent.NOTHING);
    plain.set(
        MemorySegment.ofArray(again),
        0,
        again.length,
        1,
        length,
        part.cid(),
        part.callNumber(),
        part.seq());
    sender.seal(plain);
    assertThat(Arrays.copyOfRange(again, Header.LENGTH, again.length))
        .as("%s", part)
        .isEqualTo(payload);
    assertThat(Header.checksum(MemorySegment.ofArray(again), 0)).isEqualTo(part.checksum());
  }

  private static RxgkConnection.Direction direction(boolean toServer) {
    return toServer ? RxgkConnection.Direction.TO_SERVER : RxgkConnection.Direction.TO_CLIENT;
  }
}
