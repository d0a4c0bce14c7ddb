// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.rxgk;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.key.RxgkTime;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.xdr.Ints;
import io.rxrpc.xdr.Octets;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server chooses of a client's wishes. */
class TokenGrantTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

  private static Ints ints(String text) {
    return Ints.of(
        Arrays.stream(text.split(" ", -1))
            .filter(t -> !t.isEmpty())
            .mapToInt(Integer::parseInt)
            .toArray());
  }

  private static TokenGrant choose(
      String enctypes, String levels, int lifetime, int bytelife, SecurityLevel least, long left) {
    StartParams params =
        new StartParams(ints(enctypes), ints(levels), lifetime, bytelife, Octets.of(new byte[20]));
    return TokenGrant.choose(params, least, NOW, NOW.plusSeconds(left));
  }

  @ParameterizedTest
  @CsvSource({
    "20 17 18,2,20,ENCRYPT",
    "26 23 17 18,2 1,17,ENCRYPT",
    "18,1 2,18,AUTH",
    "19,0 7 -1 2,19,ENCRYPT",
  })
  void theFirstThatWillDo(String enctypes, String levels, int enctype, SecurityLevel level) {
    TokenGrant grant = choose(enctypes, levels, 60, 20, SecurityLevel.AUTH, 60);
    assertThat(grant.error()).isZero();
    assertThat(grant.enctype()).isEqualTo(enctype);
    assertThat(grant.level()).isEqualTo(level);
    assertThat(grant.expiration()).isEqualTo(RxgkTime.of(NOW.plusSeconds(60)));
  }

  @Test
  void errors() {
    SecurityLevel least = SecurityLevel.AUTH;
    assertThat(choose("26 23", "2", 1, 1, least, 9).error()).isEqualTo(RxgkCodes.BADETYPE);
    assertThat(choose("", "2", 1, 1, least, 9).error()).isEqualTo(RxgkCodes.BADETYPE);
    assertThat(choose("18", "0", 1, 1, least, 9).error()).isEqualTo(RxgkCodes.BADLEVEL);
    assertThat(choose("18", "", 1, 1, least, 9).error()).isEqualTo(RxgkCodes.BADLEVEL);
    assertThat(choose("18", "3", 1, 1, least, 9).error()).isEqualTo(RxgkCodes.BADLEVEL);
    assertThat(choose("18", "2", 1, 1, least, 0).error()).isEqualTo(RxgkCodes.EXPIRED);
    assertThat(choose("18", "2", 1, 1, least, -5).error()).isEqualTo(RxgkCodes.EXPIRED);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0,36000,30",
    "60,20,60,20",
    "604801,41,604800,40",
    "-1,-1,604800,40",
  })
  void keysLiveAtMostAsLongAsAskedFor(int lifetime, int bytelife, long granted, int grantedBytes) {
    TokenGrant grant = choose("18", "2", lifetime, bytelife, SecurityLevel.CLEAR, 9);
    assertThat(grant.lifetime()).isEqualTo(granted);
    assertThat(grant.bytelife()).isEqualTo(grantedBytes);
  }
}
