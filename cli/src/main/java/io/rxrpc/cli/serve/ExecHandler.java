// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.serve;

import io.rxrpc.CallAbort;
import io.rxrpc.CallHandler;
import io.rxrpc.ServerCall;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.wire.AbortCodes;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;

/** Runs a command for each call: request on its stdin, reply from its stdout. */
final class ExecHandler implements CallHandler {
  private static final int CHUNK = 32 << 10;
  private static final Duration LOOK = Duration.ofMillis(200);

  private final String command;
  private final long keep;
  private final PrintStream err;

  /** A bound on the processes that clients can make this machine start. */
  private final Semaphore slots;

  ExecHandler(String command, int processes, long keep, PrintStream err) {
    this.command = command;
    this.keep = keep;
    this.err = err;
    this.slots = new Semaphore(processes);
  }

  @Override
  public void handle(ServerCall call) throws IOException, InterruptedException {
    slots.acquire();
    try {
      Process process = start(call);
      try (GatedReply reply = new GatedReply(call, process, keep)) {
        run(call, process, reply);
      } finally {
        process.destroy(); // nothing if it has ended
      }
    } finally {
      slots.release();
    }
  }

  private void run(ServerCall call, Process process, GatedReply reply)
      throws IOException, InterruptedException {
    feed(call, process);
    reply.open();
    while (!reply.join(LOOK)) {
      if (call.isAborted()) {
        return; // nobody waits for this process any more
      }
    }
    IOException failure = reply.failure();
    if (failure instanceof Spool.SpoolFullException) {
      err.println("rxrpc: " + call.client() + ": " + failure.getMessage());
      throw new CallAbort(AbortCodes.RX_USER_ABORT);
    }
    if (failure != null) {
      throw failure;
    }
    while (!process.waitFor(LOOK)) {
      if (call.isAborted()) {
        return;
      }
    }
    if (process.exitValue() != 0) {
      throw new CallAbort(process.exitValue());
    }
  }

  private Process start(ServerCall call) throws IOException {
    boolean windows = File.separatorChar == '\\';
    ProcessBuilder builder =
        windows
            ? new ProcessBuilder("cmd", "/c", command)
            : new ProcessBuilder("/bin/sh", "-c", command);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    builder
        .environment()
        .put(
            "RXRPC_CLIENT",
            call.client().getAddress().getHostAddress() + " " + call.client().getPort());
    PeerIdentity identity = call.identity();
    if (identity != null) {
      builder.environment().put("RXRPC_USER", identity.principal());
      builder.environment().put("RXRPC_LEVEL", identity.level().label());
    } else {
      builder.environment().keySet().removeAll(Set.of("RXRPC_USER", "RXRPC_LEVEL"));
    }
    try {
      return builder.start();
    } catch (IOException e) {
      err.println("rxrpc: cannot run '" + command + "': " + e.getMessage());
      throw new CallAbort(AbortCodes.RX_USER_ABORT);
    }
  }

  /** Gives the request to the process. One that does not read it all is no error. */
  private static void feed(ServerCall call, Process process) throws IOException {
    byte[] chunk = new byte[CHUNK];
    boolean reads = true;
    try (OutputStream stdin = process.getOutputStream()) {
      for (int n = call.read(chunk, 0, CHUNK); n >= 0; n = call.read(chunk, 0, CHUNK)) {
        reads = reads && give(stdin, chunk, n);
      }
    } catch (IOException e) {
      if (reads) {
        throw e; // of the call; else of the pipe that nobody reads
      }
    }
  }

  private static boolean give(OutputStream stdin, byte[] chunk, int length) {
    try {
      stdin.write(chunk, 0, length);
      stdin.flush();
      return true;
    } catch (IOException e) {
      return false; // EPIPE: the process closed its stdin
    }
  }
}
