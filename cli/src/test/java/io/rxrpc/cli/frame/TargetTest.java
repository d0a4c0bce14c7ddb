// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:7003/52,     127.0.0.1, 7003, 52",
    "localhost/vl,          localhost, 7003, 52",
    "localhost/VL,          localhost, 7003, 52",
    "localhost:7100/vl,     localhost, 7100, 52",
    "db.example.org/pt,     db.example.org, 7002, 73",
    "h/fs,                  h, 7000, 1",
    "h/cb,                  h, 7001, 1",
    "h/vol,                 h, 7005, 4",
    "h/bos,                 h, 7007, 1",
    "h/rxperf,              h, 7009, 147",
    "h/ka,                  h, 7004, 731",
    "h/budb,                h, 7021, 22314",
    "h:7003/stats,          h, 7003, 409",
    "h:7003/vote,           h, 7003, 50",
    "[::1]:7003/52,         ::1, 7003, 52",
    "[fe80::1%eth0]:7003/1, fe80::1%eth0, 7003, 1",
    "[::1]/vl,              ::1, 7003, 52",
    "h:65535/65535,         h, 65535, 65535",
    "h:1/1,                 h, 1, 1"
  })
  void peersAreRead(String text, String host, int port, int service) throws CommandFailure {
    Target target = Target.peer(text, Target.NONE, Target.NONE);
    assertThat(target).isEqualTo(new Target(host, port, service));
  }

  @ParameterizedTest
  @CsvSource({
    "h,            h, 7009, 147",
    "h:7010,       h, 7010, 147",
    "h/148,        h, 7009, 148",
    "[::1],        ::1, 7009, 147",
    "[::1]:7010,   ::1, 7010, 147"
  })
  void whatIsMissingComesFromTheVerb(String text, String host, int port, int service)
      throws CommandFailure {
    assertThat(Target.peer(text, 7009, 147)).isEqualTo(new Target(host, port, service));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "h | no service",
        "h:7003 | no service",
        "h/52 | no port",
        "h/stats | no port",
        "/vl | no host",
        ":7003/52 | no host",
        "*:7003/52 | no host",
        "h:/52 | nothing after the ':'",
        "h:7003/ | nothing after the '/'",
        "h:0/52 | outside 1..65535",
        "h:65536/52 | outside 1..65535",
        "h:99999999999/52 | outside 1..65535",
        "h:7003/65536 | outside 1..65535",
        "h:7003/0 | outside 1..65535",
        "h:x/52 | no port number",
        "h:-1/52 | no port number",
        "h:7003/nonsense | no service is called 'nonsense'",
        "::1:7003/52 | in brackets",
        "[::1/52 | [::1]:7003/52",
        "[::1]7003/52 | [::1]:7003/52",
        "[::1]:/52 | [::1]:7003/52"
      })
  void badPeersAreRefusedByReason(String text, String reason) {
    assertThatThrownBy(() -> Target.peer(text, Target.NONE, Target.NONE))
        .isInstanceOfSatisfying(
            CommandFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("'" + text + "'")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "7003/52,           127.0.0.1, 7003, 52",
    "0/52,              127.0.0.1, 0, 52",
    "localhost:0/52,    localhost, 0, 52",
    "*:7003/vl,         *, 7003, 52",
    "127.0.0.2:7003/52, 127.0.0.2, 7003, 52",
    "[::1]:0/52,        ::1, 0, 52",
    "localhost/vl,      localhost, 7003, 52",
    "vl,                127.0.0.1, 7003, 52",
    "0/vl,              127.0.0.1, 0, 52",
    ":7003/52,          127.0.0.1, 7003, 52"
  })
  void serversAreOnLoopbackUnlessAHostIsGiven(String text, String host, int port, int service)
      throws CommandFailure {
    assertThat(Target.local(text, Target.NONE, Target.NONE))
        .isEqualTo(new Target(host, port, service));
  }

  @ParameterizedTest
  @CsvSource({"7010, 127.0.0.1, 7010", "*:7010, *, 7010", "*, *, 7009", "[::], ::, 7009"})
  void perfServersNeedNoService(String text, String host, int port) throws CommandFailure {
    assertThat(Target.local(text, 7009, 147)).isEqualTo(new Target(host, port, 147));
  }

  @Test
  void everywhereIsTheDualStackWildcard() throws CommandFailure {
    assertThat(new Target("*", 7003, 52).resolve().getAddress().isAnyLocalAddress()).isTrue();
    assertThat(new Target("*", 7003, 52).resolve().getAddress().getAddress()).hasSize(16);
    assertThat(new Target("*", 7003, 52)).hasToString("*:7003/52");
  }

  @Test
  void ipv6IsPrintedInBrackets() {
    assertThat(new Target("::1", 7003, 52)).hasToString("[::1]:7003/52");
    assertThat(new Target("::1", 7003, 52).place()).isEqualTo("[::1]:7003");
  }
}
