// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxgk;

import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.ConnectionSecurity;
import io.rxrpc.security.ResponsePacket;
import io.rxrpc.security.SealedPacket;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.ServerSecurity.Verified;
import io.rxrpc.security.krb.KerberosKey;
import io.rxrpc.security.krb.KrbException;
import io.rxrpc.security.rxkad.VectorFile.Row;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** A client made by hand that does one thing wrong, as the vectors' table of changes names it. */
final class HandMade {
  static final ConnectionIdentity ID = new ConnectionIdentity(0x80112233, 0x44556678, 147, 0);
  static final byte[] NONCE = HexFormat.of().parseHex("0102030405060708090a0b0c0d0e0f1011121314");
  static final byte[] DATA = {0, 0, 2, 2};

  private final RxgkForm form;
  private final Row change;
  private final Random random = new Random(9);
  private KerberosKey tk;

  HandMade(RxgkForm form, Row change) {
    this.form = form;
    this.change = change;
  }

  private boolean has(String name) {
    return change.has(name);
  }

  private long number(String name, long otherwise) {
    return change.has(name) ? change.number(name) : otherwise;
  }

  private byte[] hex(String name, byte[] otherwise) {
    return change.has(name) ? change.hex(name) : otherwise;
  }

  ConnectionIdentity id() {
    return new ConnectionIdentity(ID.epoch(), ID.cid(), ID.serviceId(), form.index());
  }

  private byte[] confounder() {
    byte[] octets = new byte[KerberosKey.CONFOUNDER];
    random.nextBytes(octets);
    return octets;
  }

  private static byte[] flipped(byte[] octets, long at) {
    int i = (int) (at < 0 ? octets.length + at : at);
    octets[i] ^= 1;
    return octets;
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private byte[] k0(int enctype) {
    byte[] octets = new byte[enctype == 17 || enctype == 19 || enctype == 25 ? 16 : 32];
    new Random(enctype).nextBytes(octets);
    return octets;
  }

  private byte[] token() throws KrbException {
    int enctype = (int) number("k0type", 18);
    RxgkWriter out =
        new RxgkWriter()
            .int32((int) number("t_etype", enctype))
            .opaque(hex("t_k0", k0(enctype)))
            .int32((int) number("t_level", number("level", 2)));
    if (form == RxgkForm.YFS) {
      out.int64(number("t_start", 0));
    }
    List<?> ids = has("ids") ? change.list("ids") : List.of();
    out.int32((int) number("lifetime", 36000))
        .int32((int) number("bytelife", 30))
        .int64(number("expires", 0))
        .int32((int) number("n_ids", ids.size()));
    for (Object each : ids) {
      List<?> name = (List<?>) each;
      out.int32(((Long) name.get(0)).intValue())
          .opaque(HexFormat.of().parseHex((String) name.get(1)))
          .opaque(HexFormat.of().parseHex((String) name.get(2)));
    }
    byte[] plain = concat(out.take(), hex("t_trail", new byte[0]));
    int kvno = form == RxgkForm.OPENAFS ? 4 : 1;
    byte[] octets = new byte[32];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) i;
    }
    byte[] sealed =
        KerberosKey.of(18, octets)
            .encrypt((int) number("t_usage", TokenContents.USAGE), confounder(), plain);
    if (has("t_flip")) {
      flipped(sealed, number("t_flip", 0));
    }
    byte[] container =
        new TokenContainer((int) number("kvno", kvno), (int) number("etype", 18), sealed).octets();
    return hex("token", concat(container, hex("c_trail", new byte[0])));
  }

  private KerberosKey transportKey(long keyNumber, long start) throws KrbException {
    int enctype = (int) number("k0type", 18);
    int own = KerberosKey.handles(enctype) ? enctype : 18;
    KerberosKey k0 = KerberosKey.of(own, k0(own));
    return new TransportKeys(k0, id(), start).key(keyNumber);
  }

  private ResponsePacket response() throws KrbException {
    long start = number("start", 17_960_000_000_000_000L);
    long keyNumber = number("number", 0);
    tk = transportKey(keyNumber, start);
    int cid = id().cid();
    if (has("a_cid")) {
      cid = change.members().get("a_cid") instanceof Long n ? n.intValue() : cid | 1;
    }
    List<?> calls = has("calls") ? change.list("calls") : List.of(1L, 0L, 0L, 0L);
    byte[] plain =
        new Authenticator(
                hex("nonce", NONCE),
                hex("appdata", new byte[0]),
                (int) number("a_level", number("level", 2)),
                (int) number("a_epoch", id().epoch()),
                cid,
                calls.stream().mapToInt(c -> ((Long) c).intValue()).toArray())
            .octets();
    byte[] sealed =
        tk.encrypt(
            (int) number("a_usage", RxgkClientConnection.AUTHENTICATOR),
            confounder(),
            concat(plain, hex("a_trail", new byte[0])));
    if (has("a_flip")) {
      flipped(sealed, number("a_flip", 0));
    }
    byte[] payload = new ResponseOctets(start, token(), sealed).octets();
    if (has("a_len")) {
      int at = payload.length - (sealed.length + 3 & -4) - 4;
      ByteBuffer.wrap(payload).putInt(at, sealed.length + (int) number("a_len", 0));
    }
    payload = concat(payload, hex("r_trail", new byte[0]));
    if (has("r_cut")) {
      payload = Arrays.copyOf(payload, (int) number("r_cut", 0));
    }
    return new ResponsePacket(payload, (int) number("r_cksum", keyNumber));
  }

  /** The request as it goes out. */
  private byte[] request() throws KrbException {
    int level = (int) number("level", 2);
    byte[] place =
        ByteBuffer.allocate(24)
            .putInt((int) number("h_epoch", id().epoch()))
            .putInt((int) number("h_cid", id().cid()))
            .putInt((int) number("h_call", 1))
            .putInt((int) number("h_seq", 1))
            .putInt((int) number("h_index", form.index()))
            .putInt((int) number("length", DATA.length))
            .array();
    byte[] payload =
        switch (level) {
          case 0 -> DATA.clone();
          case 1 -> concat(tk.checksum(1027, concat(place, DATA)), DATA);
          default ->
              tk.encrypt(
                  (int) number("usage", 1026),
                  confounder(),
                  concat(concat(place, DATA), hex("pad", new byte[0])));
        };
    if (has("flip")) {
      flipped(payload, number("flip", 0));
    }
    return has("cut") ? Arrays.copyOf(payload, (int) number("cut", 0)) : payload;
  }

  /** What a server makes of it: the security of the connection, its request verified. */
  ConnectionSecurity served(RxgkServer server) throws SecurityFailure, KrbException {
    Verified verified = server.verify(id(), NONCE.clone(), response());
    byte[] payload = request();
    SealedPacket packet = new SealedPacket();
    packet.set(
        MemorySegment.ofArray(payload),
        0,
        payload.length,
        id().cid(),
        1,
        1,
        (int) number("d_cksum", number("number", 0)));
    byte[] out = new byte[payload.length];
    int length = verified.security().unseal(packet, MemorySegment.ofArray(out), 0);
    if (!Arrays.equals(Arrays.copyOf(out, length), DATA)) {
      throw new AssertionError("other data: " + HexFormat.of().formatHex(out, 0, length));
    }
    return verified.security();
  }
}
