// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.typed;

import io.rxrpc.AbortCode;
import io.rxrpc.CallAbort;
import io.rxrpc.CallHandler;
import io.rxrpc.ServerCall;
import io.rxrpc.rpc.Caller;
import io.rxrpc.rpc.Dispatcher;
import io.rxrpc.rpc.Parameters;
import io.rxrpc.rpc.ServedSplit;
import io.rxrpc.xdr.XdrException;
import io.rxrpc.xdr.XdrReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Serves procedures by examples of their answers; what has none is an unknown opcode. */
public final class ExampleService implements CallHandler {
  /** Hears of each call when its answer is known, in the thread of the call. */
  public interface Watch {
    /**
     * It was answered as its example says.
     *
     * @param dataOctets how much data a split call brought; -1 for other calls
     */
    void served(
        InetSocketAddress client,
        DescribedProcedure procedure,
        Map<String, @Nullable Object> parameters,
        long dataOctets,
        Example answer);

    /** It was aborted because of what it asked. */
    void refused(InetSocketAddress client, AbortCode code, String why);
  }

  /** The cause of an abort that the watch has heard of. */
  private static final class Heard extends Exception {
    private static final long serialVersionUID = 1L;

    Heard() {
      super("as the example says", null, false, false);
    }
  }

  private final Dispatcher dispatcher;
  private final Watch watch;

  private ExampleService(Dispatcher dispatcher, Watch watch) {
    this.dispatcher = dispatcher;
    this.watch = watch;
  }

  /** Serves these. The procedures without an example are known by name to the watch only. */
  public static ExampleService of(
      Interfaces interfaces, Map<DescribedProcedure, Example> examples, Watch watch) {
    Dispatcher.Builder builder = Dispatcher.of("");
    Set<Integer> opcodes = new HashSet<>();
    examples.forEach(
        (procedure, example) -> {
          opcodes.add(procedure.opcode());
          add(builder, procedure, example, watch);
        });
    for (DescribedProcedure other : interfaces.procedures()) {
      if (opcodes.add(other.opcode())) {
        builder.plain(
            other.rpc(),
            in -> {
              throw new CallAbort(AbortCode.OPCODE, other + " has no answer", null);
            });
      }
    }
    return new ExampleService(builder.build(), watch);
  }

  private static void add(
      Dispatcher.Builder builder, DescribedProcedure procedure, Example example, Watch watch) {
    if (procedure.isSplit()) {
      builder.split(
          procedure.rpc(),
          in -> {
            Map<String, @Nullable Object> parameters = decode(procedure, in);
            return call -> split(call, procedure, parameters, example, watch);
          });
    } else {
      builder.plain(
          procedure.rpc(),
          in -> {
            Map<String, @Nullable Object> parameters = decode(procedure, in);
            return caller -> answer(caller, procedure, parameters, -1, example, watch);
          });
    }
  }

  private static Parameters answer(
      Caller caller,
      DescribedProcedure procedure,
      Map<String, @Nullable Object> parameters,
      long dataOctets,
      Example example,
      Watch watch) {
    watch.served(caller.address(), procedure, parameters, dataOctets, example);
    return switch (example) {
      case Example.Abort abort -> throw new CallAbort(abort.code().abortCode(), "", new Heard());
      case Example.Reply reply -> out -> out.stream().write(reply.results());
    };
  }

  private static Parameters split(
      ServedSplit call,
      DescribedProcedure procedure,
      Map<String, @Nullable Object> parameters,
      Example example,
      Watch watch)
      throws IOException {
    long octets = call.request().transferTo(OutputStream.nullOutputStream());
    Parameters results = answer(call.caller(), procedure, parameters, octets, example, watch);
    if (example instanceof Example.Reply reply) {
      reply.data().writeTo(call.reply());
    }
    return results;
  }

  private static Map<String, @Nullable Object> decode(DescribedProcedure procedure, XdrReader in)
      throws IOException {
    try {
      return procedure.decodeRequest(in);
    } catch (XdrException e) {
      throw new CallAbort(
          AbortCode.SS_UNMARSHAL,
          procedure + ": its parameters cannot be decoded: " + e.getMessage(),
          e);
    }
  }

  @Override
  public void handle(ServerCall call) throws Exception {
    try {
      dispatcher.handle(call);
    } catch (CallAbort e) {
      if (!(e.getCause() instanceof Heard)) {
        watch.refused(call.client(), e.code(), why(e));
      }
      throw e;
    }
  }

  /** The dispatcher itself says no more than the code. */
  private static String why(CallAbort e) {
    String message = String.valueOf(e.getMessage());
    if (!message.equals("abort " + e.code())) {
      return message;
    }
    return e.code().equals(AbortCode.OPCODE)
        ? "an opcode that is not described"
        : "a request without an opcode";
  }
}
