// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxgk;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.key.RxgkToken;
import io.rxrpc.security.ResponsePacket;
import io.rxrpc.security.SealedPacket;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.krb.KerberosKey;
import io.rxrpc.security.krb.KrbException;
import io.rxrpc.security.rxkad.VectorFile;
import io.rxrpc.security.rxkad.VectorFile.Row;
import io.rxrpc.udp.Errno;
import io.rxrpc.wire.AbortCodes;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A server that does one thing wrong, at a client of ours: refused with the code that OpenAFS's
 * client tells, or the errno that Linux's has. What is the transport's in that list is tested
 * there.
 */
class WrongServersTest {
  private static final byte[] K0 = new byte[32];
  private static final byte[] REPLY = {1, 2, 3, 4, 5};

  static List<Named<Row>> cases() {
    return VectorFile.read("rxgk_exchanges").rows("client_cases").stream()
        .filter(r -> r.row("change").members().keySet().stream().allMatch(WrongServersTest::ours))
        .filter(r -> !r.text("name").startsWith("abort"))
        .map(r -> Named.of(r.text("name"), r))
        .toList();
  }

  private static boolean ours(String change) {
    return List.of(
            "ch",
            "ch_cksum",
            "nochallenge",
            "number",
            "flip",
            "usage",
            "h_seq",
            "h_call",
            "length",
            "pad",
            "cut")
        .contains(change);
  }

  private static RxgkClientConnection client(RxgkForm form) throws SecurityFailure {
    RxgkToken token = new RxgkToken(form.index(), 18, K0, 2, 0, 0, 0, 0, new byte[100]);
    return new RxgkClient(token, SecurityLevel.ENCRYPT, () -> Instant.EPOCH, new Random(1))
        .connect(HandMade.ID, 77);
  }

  private static long number(Row change, String name, long otherwise) {
    return change.has(name) ? change.number(name) : otherwise;
  }

  private static void answer(RxgkForm form, Row change) throws SecurityFailure, KrbException {
    RxgkClientConnection client = client(form);
    byte[] challenge = new byte[(int) number(change, "ch", 20)];
    if (!change.has("nochallenge")) {
      ResponsePacket response = client.respond(challenge, new int[] {1, 0, 0, 0});
      assertThat(response.checksum()).isZero();
    }
    int number = (int) number(change, "number", 0);
    byte[] place =
        ByteBuffer.allocate(24)
            .putInt(HandMade.ID.epoch())
            .putInt(HandMade.ID.cid())
            .putInt((int) number(change, "h_call", 1))
            .putInt((int) number(change, "h_seq", 1))
            .putInt(form.index())
            .putInt(REPLY.length + (int) number(change, "length", 0))
            .array();
    KerberosKey tk = new TransportKeys(KerberosKey.of(18, K0), HandMade.ID, 77).key(number);
    byte[] pad = change.has("pad") ? change.hex("pad") : new byte[0];
    byte[] plain =
        ByteBuffer.allocate(24 + REPLY.length + pad.length).put(place).put(REPLY).put(pad).array();
    byte[] sealed = tk.encrypt(1028 + (int) number(change, "usage", 0), new byte[16], plain);
    if (change.has("nochallenge")) {
      sealed = REPLY.clone();
    }
    if (change.has("flip")) {
      int at = (int) number(change, "flip", 0);
      sealed[at < 0 ? sealed.length + at : at] ^= 1;
    }
    if (change.has("cut")) {
      sealed = Arrays.copyOf(sealed, (int) number(change, "cut", 0));
    }
    SealedPacket packet = new SealedPacket();
    packet.set(MemorySegment.ofArray(sealed), 0, sealed.length, HandMade.ID.cid(), 1, 1, number);
    byte[] out = new byte[sealed.length];
    int length = client.unseal(packet, MemorySegment.ofArray(out), 0);
    assertThat(Arrays.copyOf(out, length)).isEqualTo(REPLY);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void asOpenafs(Row row) throws KrbException {
    Row observed = row.row("observed").row("openafs");
    String aborts =
        observed.list("server_saw").stream()
            .map(String::valueOf)
            .filter(s -> s.startsWith("ABORT connection"))
            .findFirst()
            .orElse("");
    String got = "";
    try {
      answer(RxgkForm.OPENAFS, row.row("change"));
    } catch (SecurityFailure e) {
      got = "ABORT connection " + e.abortCode() + " " + AbortCodes.name(e.abortCode(), 4);
    }
    assertThat(got).isEqualTo(aborts);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void asLinux(Row row) throws KrbException {
    String said = row.row("observed").row("linux").text("client_said");
    Errno got = null;
    int code = 0;
    try {
      answer(RxgkForm.YFS, row.row("change"));
    } catch (SecurityFailure e) {
      got = e.errno();
      code = e.abortCode();
    }
    if (said.startsWith("recvmsg: ")) {
      assertThat("recvmsg: " + got).isEqualTo(said);
    } else if (said.contains(" code 0")) {
      assertThat(got).isNull();
    } else {
      assertThat(said).endsWith("code " + code);
    }
  }

  @ParameterizedTest
  @EnumSource(RxgkForm.class)
  void theCasesAreThere(RxgkForm form) throws SecurityFailure {
    assertThat(cases()).hasSizeGreaterThan(14);
    assertThat(client(form).level()).isEqualTo(SecurityLevel.ENCRYPT);
  }
}
