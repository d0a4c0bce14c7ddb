// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.demo;

import io.rxrpc.AbortCode;
import io.rxrpc.CallAbort;
import io.rxrpc.CallHandler;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.text.DurationText;
import io.rxrpc.cli.text.Similar;
import io.rxrpc.cli.typed.DescribedProcedure;
import io.rxrpc.cli.typed.Interfaces;
import io.rxrpc.cli.typed.RefusedException;
import io.rxrpc.load.demo.DemoRound.Unexpected;
import io.rxrpc.rpc.Dispatcher;
import io.rxrpc.rpc.RpcClient;
import io.rxrpc.rxgen.DescriptionReader;
import io.rxrpc.rxgen.source.Source;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A typed call for the demo, by a description that both ends go by at run time. */
final class DemoTyped {
  private static final String DESCRIPTION =
      """
      package DEMO_

      struct demoQuotient { int quotient; int remainder; };

      Divide(IN int dividend, int divisor, OUT demoQuotient *result) = 501;
      """;

  private static final int REPEATED = 100;

  private final DescribedProcedure divide;

  DemoTyped() throws CommandFailure {
    DescriptionReader.Result read =
        DescriptionReader.of(List.of(), Map.of()).read(new Source("demo.xg", DESCRIPTION));
    try {
      divide =
          Interfaces.of(
                  List.of(Objects.requireNonNull(read.description(), "demo.xg")), Similar::hint)
              .find("DEMO_Divide");
    } catch (RefusedException e) {
      throw new CommandFailure(ExitCode.BUG, e.line(), e);
    }
  }

  /** Divides; by zero it fails with a code. */
  CallHandler handler() {
    return Dispatcher.of("DEMO_")
        .plain(
            divide.rpc(),
            in -> {
              int dividend = in.int32("dividend");
              int divisor = in.int32("divisor");
              return caller -> {
                if (divisor == 0) {
                  throw new CallAbort(AbortCode.INVALID_OPERATION);
                }
                return out -> {
                  out.int32(dividend / divisor);
                  out.int32(dividend % divisor);
                };
              };
            })
        .build();
  }

  /** Calls it, and tries a parameter that does not fit. */
  String call(RxrpcEndpoint endpoint, RxrpcAddress server)
      throws IOException, Unexpected, RefusedException {
    RpcClient client = RpcClient.of(endpoint, server).with(DemoRound.PATIENT);
    byte[] request = divide.request(Map.of("dividend", 17, "divisor", 5));
    Map<String, @Nullable Object> results = Map.of();
    long best = Long.MAX_VALUE;
    for (int i = 0; i < REPEATED; i++) {
      long start = System.nanoTime();
      results = client.call(divide.rpc(), out -> out.stream().write(request), divide::decodeReply);
      best = Math.min(best, System.nanoTime() - start);
    }
    if (!results.equals(Map.of("result", Map.of("quotient", 3L, "remainder", 2L)))) {
      throw new Unexpected("17 / 5 gave " + results);
    }
    return "DEMO_Divide(17, 5) gave quotient 3, remainder 2, when repeated in "
        + DurationText.format(best)
        + "; "
        + refusal();
  }

  private String refusal() throws Unexpected {
    try {
      divide.request(Map.of("dividend", 17, "divisor", 1L << 40));
    } catch (RefusedException e) {
      return "a divisor of 2^40 was refused here";
    }
    throw new Unexpected("a divisor of 2^40 was taken");
  }
}
