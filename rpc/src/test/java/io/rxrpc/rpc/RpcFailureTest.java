// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rxrpc.CallHandler;
import io.rxrpc.RemoteAbortException;
import io.rxrpc.rpc.sample.Sample;
import io.rxrpc.rpc.sample.SampleClient;
import io.rxrpc.rpc.sample.SampleEntry;
import io.rxrpc.rpc.sample.SampleService;
import io.rxrpc.xdr.Ints;
import io.rxrpc.xdr.XdrDecoder;
import io.rxrpc.xdr.XdrException.Reason;
import io.rxrpc.xdr.XdrReader;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong, what the other side is told, and that the connection lives on. */
class RpcFailureTest {
  private static final int ADD = 501;
  private static final int STORE = 505;

  private static int abortOf(SampleEnds ends, String requestHex) throws Exception {
    byte[] request = HexFormat.of().parseHex(requestHex.replace(" ", ""));
    RemoteAbortException e =
        catchThrowableOfType(
            RemoteAbortException.class, () -> ends.client().call(ends.address(), request));
    assertThat(e).as("an abort for %s", requestHex).isNotNull();
    return e.code().value();
  }

  @ParameterizedTest
  @CsvSource({
    "'', -454",
    "00, -454",
    "0001f5, -454",
    "00000000, -455",
    "ffffffff, -455",
    "000001f5, -453",
    "000001f5 00000001 000000, -453",
    "000001f7 00000042, -453",
    "000001f7 7fffffff, -453",
    "000001f7 00000003 61006200, -453",
    "000001fd 00000001 00000081, -453",
    "000001f9 0000, -453"
  })
  @Tag("R-87")
  void theServerSaysWhy(String request, int code) throws Exception {
    try (SampleEnds ends = SampleEnds.serving(new Office())) {
      assertThat(ends.sample().add(1, 1)).isEqualTo(2);
      long connections = ends.server().status().serviceConnections();
      assertThat(abortOf(ends, request)).isEqualTo(code);
      assertThat(ends.sample().add(2, 2)).isEqualTo(4);
      assertThat((long) ends.server().status().serviceConnections()).isEqualTo(connections);
    }
  }

  @Test
  @Tag("R-87")
  void aProcedureThatAServiceDoesNotHaveIsAnUnknownOpcode() throws Exception {
    try (SampleEnds ends = SampleEnds.serving(new SampleService() {})) {
      assertThatThrownBy(() -> ends.sample().add(1, 2))
          .isInstanceOf(RpcAbortException.class)
          .hasMessageEndingWith("failed: RXGEN_OPCODE (-455)");
      assertThatThrownBy(() -> ends.sample().store(1).end())
          .hasMessageEndingWith("failed: RXGEN_OPCODE (-455)");
    }
  }

  @Test
  @Tag("R-84")
  void onlyTheCodeIsSentWhenAProcedureFails() throws Exception {
    AtomicInteger replies = new AtomicInteger();
    Dispatcher half =
        Dispatcher.of("SAMPLE_")
            .plain(
                Sample.ADD,
                in ->
                    caller ->
                        out -> {
                          out.int32(replies.incrementAndGet());
                          out.string("late", 1, "too long");
                        })
            .build();
    try (SampleEnds ends = SampleEnds.serving(half)) {
      RpcAbortException e =
          catchThrowableOfType(RpcAbortException.class, () -> ends.sample().add(1, 2));
      assertThat(e.code()).isEqualTo(-452);
      assertThat(replies).hasValue(1);
    }
    try (SampleEnds ends = SampleEnds.serving(new Office())) {
      RpcAbortException e =
          catchThrowableOfType(RpcAbortException.class, () -> ends.sample().locate("nobody"));
      assertThat(e.code()).isEqualTo(363524);
      assertThat(((RemoteAbortException) e.getCause()).code().value()).isEqualTo(363524);
    }
  }

  @Test
  void codesHaveTheNamesOfTheClientsTables() throws Exception {
    try (SampleEnds ends = SampleEnds.serving(new Office())) {
      assertThatThrownBy(() -> ends.sample().locate("nobody"))
          .hasMessage("SAMPLE_Locate at " + ends.address() + " failed: 363524");
      RpcClient knowing = ends.rpc().errors(ErrorTables.of(Office.ERRORS));
      RpcAbortException e =
          catchThrowableOfType(
              RpcAbortException.class, () -> new SampleClient(knowing).locate("nobody"));
      assertThat(e)
          .hasMessage(
              "SAMPLE_Locate at %s failed: VL_NOENT (363524): no such entry", ends.address());
      assertThat(e.error()).isEqualTo(new ErrorCode(363524, "VL_NOENT", "no such entry"));
      assertThat(e.procedure()).isEqualTo(Sample.LOCATE);
      assertThat(e.server()).isEqualTo(ends.address());
    }
  }

  @Test
  void aFaultOfTheProcedureIsAUserAbort() throws Exception {
    try (SampleEnds ends = SampleEnds.serving(new Office())) {
      assertThatThrownBy(() -> ends.sample().divide(1, 0))
          .hasMessageEndingWith("RX_USER_ABORT (-6)");
      assertThat(ends.sample().divide(4, 2).quotient()).isEqualTo(2);
    }
  }

  /** A failure to decode something else is the procedure's own, and not that of its parameters. */
  @Test
  void whatAProcedureDecodesItselfIsItsOwnAffair() throws Exception {
    Office reading =
        new Office() {
          @Override
          public int add(Caller caller, int a, int b) throws Exception {
            return XdrReader.of(new byte[2]).int32("own");
          }
        };
    try (SampleEnds ends = SampleEnds.serving(reading)) {
      assertThatThrownBy(() -> ends.sample().add(1, 2)).hasMessageEndingWith("RX_USER_ABORT (-6)");
    }
  }

  @Test
  void whatCannotBeEncodedIsNotSent() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    Office counting =
        new Office() {
          @Override
          public SampleEntry locate(Caller caller, String name) {
            calls.incrementAndGet();
            return entry(name);
          }
        };
    try (SampleEnds ends = SampleEnds.serving(counting)) {
      RpcCodecException e =
          catchThrowableOfType(RpcCodecException.class, () -> ends.sample().locate("x".repeat(66)));
      assertThat(e)
          .hasMessage(
              "SAMPLE_Locate cannot be called: SAMPLE_Locate.name, octet 4: 66 octets, where 65 is"
                  + " the most: RXGEN_CC_MARSHAL (-450)");
      assertThat(e.xdr().reason()).isEqualTo(Reason.LENGTH);
      assertThat(calls).hasValue(0);
      assertThat(ends.client().counters().getOrDefault("data-sent", 0L)).isZero();
    }
  }

  @Test
  void aReplyThatIsNoneIsALocalFailureWithItsPath() throws Exception {
    try (SampleEnds ends = SampleEnds.open()) {
      ends.server().serve(SampleEnds.SERVICE, CallHandler.blob(request -> new byte[270]));
      RpcCodecException e =
          catchThrowableOfType(RpcCodecException.class, () -> ends.sample().locate("x"));
      assertThat(e.code().value()).isEqualTo(-451);
      assertThat(e)
          .hasMessageContaining(
              "gave no good reply: SAMPLE_Locate.entry.serverNumber[1], octet 268: the input ends");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 5000})
  @Tag("R-88")
  void whatFollowsIsIgnoredOrRefused(int more) throws Exception {
    byte[] request = new byte[12 + more];
    request[2] = 1;
    request[3] = (byte) ADD;
    Dispatcher lenient = new Office().dispatcher();
    try (SampleEnds ends = SampleEnds.serving(lenient)) {
      assertThat(ends.client().call(ends.address(), request)).hasSize(4);
      assertThat(ends.sample().add(1, 2)).isEqualTo(3);
    }
    try (SampleEnds ends = SampleEnds.serving(lenient.trailing(Trailing.REFUSE))) {
      assertThat(abortOf(ends, HexFormat.of().formatHex(request))).isEqualTo(-453);
      assertThat(ends.sample().add(1, 2)).isEqualTo(3);
      assertThat(ends.sample().store(0).end()).isZero(); // data behind parameters is no such thing
    }
    try (SampleEnds ends = SampleEnds.open()) {
      ends.server()
          .serve(
              SampleEnds.SERVICE,
              CallHandler.blob(r -> new byte[(r[3] == (byte) STORE ? 8 : 4) + more]));
      assertThat(ends.sample().add(1, 2)).isZero();
      SampleClient strict = new SampleClient(ends.rpc().trailing(Trailing.REFUSE));
      assertThatThrownBy(() -> strict.add(1, 2))
          .isInstanceOf(RpcCodecException.class)
          .hasMessageContaining("more behind the last value");
      assertThat(ends.sample().store(0).end()).isZero();
      assertThatThrownBy(() -> strict.store(0).end()).isInstanceOf(RpcCodecException.class);
    }
  }

  /** An array that should be as long as another one is not read beyond its own end. */
  @Test
  @Tag("R-83")
  void anArrayThatIsTooShortEndsWhereItEnds() throws Exception {
    Procedure names = new Procedure("SAMPLE_NamesToIds", 510);
    XdrDecoder<Ints> ids = in -> in.intsUpTo("ids", 100);
    Dispatcher stingy =
        Dispatcher.of("SAMPLE_")
            .plain(names, in -> caller -> out -> out.intsUpTo("ids", 100, Ints.of(7)))
            .build();
    try (SampleEnds ends = SampleEnds.serving(stingy)) {
      Ints came = ends.rpc().call(names, Parameters.NONE, ids);
      assertThat(came.size()).isEqualTo(1);
      assertThatThrownBy(() -> came.get(1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  /** A result is made whole by the procedure: there is nothing that it could forget to clear. */
  @Test
  @Tag("R-85")
  void nothingOfAFormerCallIsInAReply() throws Exception {
    try (SampleEnds ends = SampleEnds.serving(new Office())) {
      ends.sample().locate("a-secret-name-of-some-length");
      byte[] request = HexFormat.of().parseHex("000001f7 00000001 61000000".replace(" ", ""));
      byte[] reply = ends.client().call(ends.address(), request);
      assertThat(reply[3]).isEqualTo((byte) 'a');
      for (int i = 4; i < 260; i++) {
        assertThat(reply[i]).isZero();
      }
    }
  }

  @Test
  void twoProceduresCannotShareAnOpcode() {
    Dispatcher.Builder builder = Dispatcher.of("SAMPLE_").plain(Sample.ADD, in -> null);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.split(new Procedure("SAMPLE_Sum", ADD), in -> null))
        .withMessage("SAMPLE_Sum (501) has the opcode of SAMPLE_Add (501)");
  }
}
