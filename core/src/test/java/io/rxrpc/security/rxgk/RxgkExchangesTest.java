// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxgk;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.rxkad.VectorFile;
import io.rxrpc.security.rxkad.VectorFile.Row;
import io.rxrpc.wire.AbortCodes;
import io.rxrpc.wire.PcapReader;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What OpenAFS (index 4) and Linux (index 6) have sent, with us in the place of either end: opened,
 * sealed again to the same octets, and refused with the same codes.
 */
class RxgkExchangesTest {
  /** The service keys of all captures; kvno 9 is a client's alone. */
  static final RxgkServerKeys KEYS =
      (service, kvno, enctype) -> {
        byte[] counted = new byte[enctype == 18 || enctype == 20 || enctype == 26 ? 32 : 16];
        for (int i = 0; i < counted.length; i++) {
          counted[i] = (byte) i;
        }
        boolean linux = kvno == 1 && enctype >= 17 && enctype <= 26;
        if (linux || (kvno == 4 && enctype == 18)) {
          return counted;
        }
        return kvno == 5 && enctype == 17
            ? HexFormat.of().parseHex("101112131415161718191a1b1c1d1e1f")
            : null;
      };

  static List<Named<Row>> exchanges() {
    return VectorFile.read("rxgk_exchanges").rows("exchanges").stream()
        .map(r -> Named.of(r.text("name"), r))
        .toList();
  }

  private static boolean camellia(String name) {
    return name.contains("etype25") || name.contains("etype26");
  }

  @ParameterizedTest
  @MethodSource("exchanges")
  void openedAndSealedAgain(Row exchange) {
    WireReplay replay = new WireReplay(KEYS);
    List<byte[]> data = new ArrayList<>();
    Set<Integer> aborts = new TreeSet<>();
    for (Row packet : exchange.rows("packets")) {
      replay.take(packet.hex("udp"));
      if (packet.has("packets")) {
        packet.rows("packets").forEach(p -> data.add(p.hex("data")));
      }
      if (packet.has("abort_code")) {
        aborts.add(packet.int32("abort_code"));
      }
    }
    if (camellia(exchange.text("name"))) {
      assertThat(replay.opened).isEmpty();
      assertThat(replay.refused)
          .isNotEmpty()
          .allSatisfy(e -> assertThat(e).hasMessageContaining("camellia"));
      return;
    }
    assertThat(refusals(replay)).isEqualTo(told(exchange.text("name"), aborts));
    List<byte[]> got = replay.opened.stream().map(WireReplay.Opened::data).toList();
    assertThat(data).as("nothing else was in it").containsAll(got);
    if (replay.refused.isEmpty()) {
      assertThat(got).hasSameSizeAs(data);
    }
  }

  private static Set<Integer> refusals(WireReplay replay) {
    Set<Integer> codes = new TreeSet<>();
    for (SecurityFailure e : replay.refused) {
      codes.add(e.abortCode());
    }
    return codes;
  }

  /** The codes of security; Linux says of an expired token that the call is dead. */
  private static Set<Integer> told(String name, Set<Integer> aborts) {
    Set<Integer> codes = new TreeSet<>();
    for (int code : aborts) {
      if (code == AbortCodes.RX_CALL_DEAD) {
        codes.add(AbortCodes.RXGK_BASE + 5);
      } else if (code == 70354689 || AbortCodes.isSecurity(code)) {
        codes.add(code);
      }
    }
    if (name.endsWith("oa-expiry")) {
      codes.clear(); // four seconds pass in it, of which the exchange says nothing
    }
    return codes;
  }

  static List<String> captures() {
    List<String> names = new ArrayList<>();
    for (String name : List.of("40-rxgk-auth-vos", "40-rxgk-clear-vos", "40-rxgk-crypt-vos")) {
      names.add(name);
    }
    names.add("41-rxgk-auth-pts");
    for (int enctype : new int[] {17, 18, 19, 20}) {
      names.add("50-rxgk-linux-etype" + enctype + "-auth");
      names.add("50-rxgk-linux-etype" + enctype + "-crypt");
    }
    for (String linux : List.of("etype18-clear", "kafs-appdata", "rekey-bytelife", "rekey-probe")) {
      names.add("50-rxgk-linux-" + linux);
    }
    for (String oa :
        List.of(
            "dump-auth",
            "dump-clear",
            "dump-crypt",
            "etype17-vos-crypt",
            "expiry",
            "identity",
            "negotiate-combine",
            "pts-auth",
            "pts-clear",
            "pts-crypt",
            "rekey",
            "restore-crypt")) {
      names.add("50-rxgk-oa-" + oa);
    }
    return names;
  }

  /** Whole files, with whatever else was on the wire and in its order. */
  @ParameterizedTest
  @MethodSource("captures")
  void wholeCaptures(String name) {
    WireReplay replay = new WireReplay(KEYS);
    PcapReader.capture(name).forEach(d -> replay.take(d.payload()));
    assertThat(replay.responses).isPositive();
    assertThat(replay.opened).isNotEmpty();
    boolean rekeyed = name.endsWith("oa-rekey") || name.endsWith("rekey-probe");
    for (SecurityFailure e : replay.refused) {
      int keyNumber = AbortCodes.RXGK_BASE + (name.contains("linux") ? 7 : 5);
      assertThat(rekeyed ? e.abortCode() : -1).as(e.getMessage()).isEqualTo(keyNumber);
    }
    assertThat(replay.refused.isEmpty()).isEqualTo(!rekeyed);
    for (SecurityLevel level : SecurityLevel.values()) {
      String word = level == SecurityLevel.ENCRYPT ? "crypt" : level.label();
      if (name.contains("-" + word)) {
        assertThat(replay.levels).contains(level);
      }
    }
  }

  /** What full packets hold: the tables of sizes are the peers', not ours. */
  @ParameterizedTest
  @CsvSource({
    "50-rxgk-oa-dump-auth, 1404",
    "50-rxgk-oa-dump-crypt, 1364",
    "50-rxgk-linux-etype17-auth, 1400",
    "50-rxgk-linux-etype18-crypt, 1360",
    "50-rxgk-linux-etype19-crypt, 1356",
    "50-rxgk-linux-etype20-auth, 1388",
    "50-rxgk-linux-etype20-crypt, 1348"
  })
  void fullPackets(String name, int data) {
    WireReplay replay = new WireReplay(KEYS);
    PcapReader.capture(name).forEach(d -> replay.take(d.payload()));
    assertThat(replay.opened.stream().mapToInt(o -> o.data().length).max().orElse(0))
        .isEqualTo(data);
  }
}
