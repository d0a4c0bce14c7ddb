// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.call;

import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.FailureReport;
import io.rxrpc.cli.frame.InputFile;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.typed.DescribedProcedure;
import io.rxrpc.rpc.Parameters;
import io.rxrpc.rpc.RpcClient;
import io.rxrpc.rpc.SplitCall;
import io.rxrpc.xdr.XdrReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The data of a split call, from a file or stdin and to a file or stdout, in constant memory.
 *
 * <p>Nothing in a reply says where its data ends and its results begin: the procedure knows. Where
 * the results have a fixed length, the data is what comes before so many last octets; else somebody
 * has to say.
 */
final class SplitTransfer implements AutoCloseable {
  private static final int CHUNK = 64 << 10;

  private final TypedCallOptions typed;
  private final DescribedProcedure procedure;
  private final InputStream data;
  private final @Nullable ReplySink sink;
  private final boolean stdout;
  private long sent;
  private long received;

  /** Opens both files: what is wrong with them is found before anything is sent. */
  SplitTransfer(
      RootCommand root, TypedCallOptions typed, @Nullable Path out, DescribedProcedure procedure)
      throws CommandFailure {
    this.typed = typed;
    this.procedure = procedure;
    stdout = out != null && InputFile.isDash(out);
    if (stdout && root.json()) {
      throw CommandFailure.usage("--json and --out -: stdout can only have one of them");
    }
    Long bytes = typed.outBytes();
    if (bytes != null && out == null) {
      throw CommandFailure.usage("--out-bytes needs --out FILE");
    }
    if (out != null && bytes == null && procedure.replySize().isEmpty()) {
      throw CommandFailure.usage(
          "the results of "
              + procedure.name()
              + " have no fixed length: say by --out-bytes how much data is before them");
    }
    data = typed.data(root);
    sink = out == null ? null : ReplySink.of(root, stdout ? null : out, false);
  }

  /** Octets of data that were sent. */
  long sent() {
    return sent;
  }

  /** Octets of data that came. */
  long received() {
    return received;
  }

  /** Whether the data went where results are printed otherwise. */
  boolean usesStdout() {
    return stdout;
  }

  /** Sends, receives, and returns the results. */
  Map<String, @Nullable Object> run(RpcClient client, Parameters parameters)
      throws CommandFailure, IOException {
    Long bytes = typed.outBytes();
    OptionalInt size = procedure.replySize();
    boolean bounded = bytes != null || size.isEmpty();
    Tail tail = new Tail(bounded ? 0 : size.getAsInt());
    try (SplitCall<Map<String, @Nullable Object>> call =
        client.begin(
            procedure.rpc(),
            parameters,
            in -> procedure.decodeReply(bounded ? in : XdrReader.of(tail.octets())))) {
      send(call.request());
      receive(call.reply(), bounded ? (bytes == null ? 0 : bytes) : Long.MAX_VALUE, tail);
      Map<String, @Nullable Object> results = call.end();
      finish();
      return results;
    }
  }

  private void send(OutputStream request) throws CommandFailure, IOException {
    byte[] buffer = new byte[CHUNK];
    for (int n = read(buffer); n >= 0; n = read(buffer)) {
      request.write(buffer, 0, n);
      sent += n;
    }
  }

  /** Keeps failures of the local input apart from those of the call. */
  private int read(byte[] buffer) throws CommandFailure {
    try {
      return data.read(buffer, 0, buffer.length);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.USAGE, "cannot read the data: " + FailureReport.file(e, typed.in()), e);
    }
  }

  private void receive(InputStream reply, long most, Tail tail) throws CommandFailure, IOException {
    byte[] buffer = new byte[CHUNK];
    long left = most;
    while (left > 0) {
      int n = reply.read(buffer, 0, (int) Math.min(CHUNK, left));
      if (n < 0) {
        break;
      }
      left -= n;
      tail.take(buffer, n, this);
    }
  }

  private void give(byte[] octets, int length) throws CommandFailure {
    received += length;
    ReplySink s = sink;
    if (s != null) {
      s.take(octets, length);
    }
  }

  private void finish() throws CommandFailure {
    ReplySink s = sink;
    if (s != null) {
      s.finish();
    }
  }

  @Override
  public void close() throws IOException {
    try (data) {
      ReplySink s = sink;
      if (s != null) {
        s.close();
      }
    }
  }

  /** Holds back the last octets of what goes through it. */
  private static final class Tail {
    private final int size;
    private final byte[] kept;
    private int count;

    Tail(int size) {
      this.size = size;
      kept = new byte[size + CHUNK];
    }

    /** Takes more, and gives away what cannot be of the last octets any more. */
    void take(byte[] octets, int length, SplitTransfer to) throws CommandFailure {
      System.arraycopy(octets, 0, kept, count, length);
      count += length;
      int sure = count - size;
      if (sure > 0) {
        to.give(kept, sure);
        System.arraycopy(kept, sure, kept, 0, size);
        count = size;
      }
    }

    byte[] octets() {
      return Arrays.copyOf(kept, count);
    }
  }
}
