// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Exceptions as others make them: generated code, and tests of those who call. */
class ExceptionsTest {
  private static final RxrpcAddress TO =
      new RxrpcAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 7003), 52);
  private static final AbortCode CODE = new AbortCode(4711);

  static Stream<RxrpcException> all() {
    return Stream.of(
        new RemoteAbortException("remote", TO, CODE),
        new RemoteAbortException("remote", null, CODE),
        new LocalAbortException("local", TO, CODE),
        new NetworkErrorException("network", TO, 111),
        new LocalErrorException("error", TO, 90, new IllegalStateException("why")),
        new CallTimeoutException("time", TO),
        new ServerBusyException("busy", null),
        new EndpointClosedException("closed", null),
        new CallInterruptedException("interrupted", TO, new InterruptedException()));
  }

  @ParameterizedTest
  @MethodSource("all")
  void survivesSerialisation(RxrpcException e) throws Exception {
    RxrpcException copy = (RxrpcException) copy(e);
    assertThat(copy).isExactlyInstanceOf(e.getClass()).hasMessage(e.getMessage());
    assertThat(copy.address()).isEqualTo(e.address());
    switch (copy) {
      case RemoteAbortException r -> assertThat(r.code()).isEqualTo(CODE);
      case LocalAbortException l -> assertThat(l.code()).isEqualTo(CODE);
      case NetworkErrorException n -> assertThat(n.number()).isEqualTo(111);
      case LocalErrorException l -> {
        assertThat(l.number()).isEqualTo(90);
        assertThat(l).hasRootCauseMessage("why");
      }
      case CallTimeoutException _,
          ServerBusyException _,
          EndpointClosedException _,
          CallInterruptedException _ -> {}
    }
  }

  @Test
  void anAbortKeepsItsCodeMessageAndCause() throws Exception {
    CallAbort abort = new CallAbort(CODE, "no such volume", new IllegalStateException("why"));
    assertThat(abort.code()).isEqualTo(CODE);
    assertThat(abort).hasMessage("no such volume").hasRootCauseMessage("why");
    assertThat(((CallAbort) copy(abort)).code()).isEqualTo(CODE);
    assertThat(new CallAbort(-455)).hasMessage("abort RXGEN_OPCODE (-455)").hasNoCause();
    assertThat(List.of(abort.getStackTrace())).isEmpty();
  }

  private static Object copy(Object o) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(o);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return in.readObject();
    }
  }
}
