// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import io.rxrpc.RemoteAbortException;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.xdr.XdrLimits;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a request can cost its server. */
@Tag("R-80")
class HostileTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int MOST = Integer.MAX_VALUE - 1;

  private static final Procedure OPAQUE = new Procedure("HOSTILE_Opaque", 1);
  private static final Procedure STRINGS = new Procedure("HOSTILE_Strings", 2);
  private static final Procedure INTS = new Procedure("HOSTILE_Ints", 3);
  private static final Procedure UNBOUNDED = new Procedure("HOSTILE_Unbounded", 4);

  private static final Dispatcher GENEROUS =
      Dispatcher.of("HOSTILE_")
          .plain(OPAQUE, in -> ignoring(in.opaqueUpTo("x", MOST)))
          .plain(STRINGS, in -> ignoring(in.listUpTo("x", MOST, e -> e.string("", MOST))))
          .plain(INTS, in -> ignoring(in.intsUpTo("x", MOST)))
          .plain(UNBOUNDED, in -> ignoring(in.opaqueUpTo("x", XdrLimits.UNBOUNDED)))
          .build();

  private static Dispatcher.Run ignoring(Object parameter) {
    assertThat(parameter).isNotNull();
    return caller -> Parameters.NONE;
  }

  @Test
  void aCountOfWhatNeverComesCostsLessThanAMegabyte() throws Exception {
    BlockingQueue<Long> costs = new LinkedBlockingQueue<>();
    try (ExecutorService one = Executors.newSingleThreadExecutor();
        RxrpcEndpoint server =
            RxrpcEndpoint.builder()
                .local(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))
                .handlerExecutor(
                    task ->
                        one.execute(
                            () -> {
                              long before = THREADS.getCurrentThreadAllocatedBytes();
                              task.run();
                              costs.add(THREADS.getCurrentThreadAllocatedBytes() - before);
                            }))
                .open();
        RxrpcEndpoint client = SampleEnds.endpoint()) {
      server.serve(SampleEnds.SERVICE, GENEROUS);
      RxrpcAddress to = new RxrpcAddress(server.localAddress(), SampleEnds.SERVICE);
      for (int opcode = 1; opcode <= 4; opcode++) {
        for (String count : new String[] {"7ffffffe", "ffffffff", "00ffffff", "00100001"}) {
          byte[] request = HexFormat.of().parseHex("0000000" + opcode + count + "00000001");
          RemoteAbortException e =
              catchThrowableOfType(RemoteAbortException.class, () -> client.call(to, request));
          assertThat(e.code().value()).isEqualTo(-453);
          assertThat(costs.take()).as("opcode %s, count %s", opcode, count).isLessThan(1L << 20);
        }
      }
    }
  }
}
