// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.rxrpc.AbortCode;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.afs.vl.VlService;
import io.rxrpc.afs.vl.Vldb;
import io.rxrpc.rpc.Caller;
import io.rxrpc.rpc.ErrorCode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers that calls fail with, and what they mean. */
class AfsErrorsTest {
  @ParameterizedTest
  @CsvSource({
    "VL, 363520, VL_IDEXIST, 363552, VL_DBBAD",
    "PT, 267264, PREXIST, 267282, PRNAMETOOLONG",
    "VOLS, 1492325120, VOLSERTRELE_ERROR, 1492325137, VOLSERFAILEDOP",
    "BZ, 39424, BZNOTACTIVE, 39436, BZENCREQ",
    "U, 5376, UNOQUORUM, 5413, UMUTEXDESTROY",
    "UAE, 49733376, UAEPERM, 49733505, UAEDISCON",
    "RXK, 19270400, RXKADINCONSISTENCY, 19270412, RXKADILLEGALLEVEL",
    "RXGK, 1233242880, RXGK_INCONSISTENCY, 1233242891, RXGK_BAD_QOP",
    "KA, 180480, KADATABASEINCONSISTENT, 180522, KALOCKED",
    "BUDB, 156303872, BUDB_DUMPIDEXISTS, 156303903, BUDB_DUMPNOTINUSE",
    "Vice, -100, VRESTARTING, 1235, VICETOKENDEAD",
    "rxgen, -450, RXGEN_CC_MARSHAL, -457, RXGEN_CC_XDRFREE",
    "errno, 1, EPERM, 125, ECANCELED"
  })
  void everyTableBeginsAndEndsWhereServersHaveIt(
      String family, int first, String firstName, int last, String lastName) {
    assertThat(AfsErrors.family(family).codes())
        .extracting(ErrorCode::value, ErrorCode::name)
        .contains(tuple(first, firstName), tuple(last, lastName));
  }

  @Test
  void everyErrorHasAMeaning() {
    for (ErrorFamily family : AfsErrors.families()) {
      assertThat(family.about()).isNotEmpty();
      assertThat(family.codes()).allSatisfy(code -> assertThat(code.text()).isNotEmpty());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "363524, VL_NOENT",
    "49733388, UAEACCES",
    "49733394, UAENODEV",
    "49733414, UAENOTEMPTY",
    "49733411, UAENAMETOOLONG",
    "49733386, UAEAGAIN",
    "267269, PRPERM",
    "39430, BZACCESS",
    "1492325127, VOLSERBAD_ACCESS",
    "5377, UNOTSYNC",
    "19270409, RXKADEXPIRED",
    "110, VBUSY",
    "2, ENOENT",
    "18, EXDEV",
    "22, EINVAL",
    "43, EIDRM",
    "104, VVOLEXISTS",
    "39429, BZDOM"
  })
  void aNumberHasItsName(int value, String name) {
    assertThat(AfsErrors.describe(value).name()).isEqualTo(name);
    assertThat(AfsErrors.named(name).code().value()).isEqualTo(value);
  }

  @Test
  void whatSharesANumberIsTold() {
    assertThat(AfsErrors.meanings(110))
        .extracting(m -> m.family().name() + " " + m.code().name())
        .containsExactly("Vice VBUSY", "errno ETIMEDOUT");
    assertThat(AfsErrors.meanings(1233242883))
        .extracting(m -> m.code().name())
        .containsExactly("RXGK_BADETYPE", "RXGK_SEALEDINCON");
    assertThat(AfsErrors.meanings(363777)).isEmpty();
    assertThat(AfsErrors.describe(4711).toString()).isEqualTo("4711");
    assertThat(AfsErrors.describe(-31).toString()).startsWith("-31: ");
  }

  @Test
  void aNumberNamesItsTable() {
    assertThat(AfsErrors.tableOf(363524)).isEqualTo("VL");
    assertThat(AfsErrors.tableOf(363775)).isEqualTo("VL");
    assertThat(AfsErrors.tableOf(49733388)).isEqualTo("uae");
    assertThat(AfsErrors.tableOf(1492325127)).isEqualTo("VOLS");
    assertThat(AfsErrors.tableOf(110)).isEmpty();
    assertThat(AfsErrors.tableOf(-455)).isEmpty();
  }

  @Test
  void namesAreFoundInAnyCaseOfLetters() {
    assertThat(AfsErrors.named(" vl_noent ").toString())
        .isEqualTo("VL_NOENT (363524): no such volume in the location database");
    assertThat(AfsErrors.named("nonsense")).isNull();
    assertThat(AfsErrors.allNames()).contains("VL_NOENT", "EACCES").doesNotContain("");
  }

  @Test
  void abortCodesHaveTheirNamesAsSoonAsThisModuleIsThere() {
    assertThat(new AbortCode(363524)).hasToString("VL_NOENT (363524)");
    assertThat(new AbortCode(110)).hasToString("VBUSY (110)");
    assertThat(new AbortCode(2)).hasToString("2");
    assertThat(new AbortCode(-100)).hasToString("RX_RESTARTING (-100)");
    assertThat(new AbortCode(19270409)).hasToString("RXKADEXPIRED (19270409)");
    assertThat(new AbortCode(1233242884)).hasToString("RXGK_BADLEVEL/RXGK_NOTAUTH (1233242884)");
    assertThat(AbortCode.parse("prnoent")).isEqualTo(new AbortCode(267268));
    assertThat(AbortCode.parse("VRESTARTING")).isEqualTo(new AbortCode(-100));
  }

  @Test
  void aFailedCallSaysItInWords() throws Exception {
    VlService nothing =
        new VlService() {
          @Override
          public void probeServer(Caller caller) {
            throw AfsErrors.describe(363546).abort();
          }
        };
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (RxrpcEndpoint server = RxrpcEndpoint.open(loopback);
        RxrpcEndpoint client = RxrpcEndpoint.open()) {
      server.serve(52, nothing.dispatcher());
      Vldb vl = new Vldb(client, new RxrpcAddress(server.localAddress(), 52));
      assertThatThrownBy(() -> vl.client().probeServer())
          .hasMessageStartingWith("VL_ProbeServer at ")
          .hasMessageEndingWith(
              "failed: VL_PERM (363546): not permitted: super-users of the servers only");
    }
  }

  @Test
  void noTwoErrorsOfAFamilyShareAName() {
    for (ErrorFamily family : AfsErrors.families()) {
      List<String> names = family.codes().stream().map(ErrorCode::name).toList();
      assertThat(names.stream().filter(n -> !n.isEmpty())).doesNotHaveDuplicates();
    }
  }
}
