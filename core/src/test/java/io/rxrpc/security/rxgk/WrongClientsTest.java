// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxgk;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.key.RxgkTime;
import io.rxrpc.security.ConnectionSecurity;
import io.rxrpc.security.PlainPackets;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.krb.KrbException;
import io.rxrpc.security.rxkad.VectorFile;
import io.rxrpc.security.rxkad.VectorFile.Row;
import io.rxrpc.wire.AbortCodes;
import io.rxrpc.wire.Header;
import java.lang.foreign.MemorySegment;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One thing wrong at a time, at a server of ours in the place of OpenAFS's and of Linux's: refused
 * with the code that they have for it.
 */
class WrongClientsTest {
  private static final InstantSource THEN = () -> RxgkTime.instant(17_960_528_450_126_426L);
  private static final int BASE = AbortCodes.RXGK_BASE;
  private static final String REPLY = "reply";
  private static final String SOME_REPLY = "reply, key number 0";

  /** Where we do otherwise than OpenAFS: it has no SHA-2, and believes any call number. */
  private static final Map<String, String> UNLIKE_OPENAFS =
      Map.of(
          "k0 aes256-sha384", SOME_REPLY,
          "k0 aes128-sha256", SOME_REPLY,
          "call number too high (5) on the used channel", SOME_REPLY);

  /**
   * Where we do otherwise than Linux. It has Camellia; it reads no names; its code for an expired
   * token is the one of a dead call; and a number told for a live call says nothing here.
   */
  private static final Map<String, String> UNLIKE_LINUX =
      Map.of(
          "k0 camellia128", "abort " + AbortCodes.KRB5_PROG_KEYTYPE_NOSUPP,
          "k0 camellia256", "abort " + AbortCodes.KRB5_PROG_KEYTYPE_NOSUPP,
          "call number too high (5) on the used channel", SOME_REPLY,
          "call number 0 on the used channel", SOME_REPLY,
          "token expired", "abort " + (BASE + 5),
          "token expires negative", "abort " + (BASE + 5),
          "token level 3", "abort " + (BASE + 6),
          "token level -1", "abort " + (BASE + 6),
          "identity count lies", "abort " + (BASE + 1));

  static List<Named<Row>> cases() {
    return VectorFile.read("rxgk_exchanges").rows("server_cases").stream()
        .map(r -> Named.of(r.text("name"), r))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void asOpenafs(Row row) throws KrbException {
    String observed = row.row("observed").text("openafs");
    check(RxgkForm.OPENAFS, row, UNLIKE_OPENAFS.getOrDefault(row.text("name"), observed));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void asLinux(Row row) throws KrbException {
    String observed = row.row("observed").text("linux");
    check(RxgkForm.YFS, row, UNLIKE_LINUX.getOrDefault(row.text("name"), observed));
  }

  private static void check(RxgkForm form, Row row, String expected) throws KrbException {
    RxgkServer server = RxgkServer.builder(form, keys(form), THEN, new Random(5)).build();
    String outcome;
    try {
      ConnectionSecurity security = new HandMade(form, row.row("change")).served(server);
      outcome = REPLY + ", key number " + keyNumber(security);
    } catch (SecurityFailure e) {
      outcome = "abort " + e.abortCode();
    }
    String wanted =
        expected.startsWith(REPLY)
            ? expected
            : String.join(" ", List.of(expected.split(" ")).subList(0, 2));
    assertThat(outcome).isEqualTo(wanted);
  }

  /** OpenAFS had one key of that version, Linux one of each type. */
  private static RxgkServerKeys keys(RxgkForm form) {
    return (service, kvno, enctype) ->
        form == RxgkForm.OPENAFS && (kvno != 4 || enctype != 18)
            ? null
            : RxgkExchangesTest.KEYS.find(service, kvno, enctype);
  }

  private static int keyNumber(ConnectionSecurity security) throws SecurityFailure {
    byte[] packet = new byte[200];
    PlainPackets plain = new PlainPackets(PlainPackets.Sent.NOTHING);
    plain.set(MemorySegment.ofArray(packet), 0, packet.length, 1, 4, HandMade.ID.cid(), 1, 1);
    security.seal(plain);
    return Header.checksum(MemorySegment.ofArray(packet), 0);
  }
}
