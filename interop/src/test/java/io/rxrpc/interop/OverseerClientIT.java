package io.rxrpc.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.AbortCode;
import io.rxrpc.CallAbort;
import io.rxrpc.CallHandler;
import io.rxrpc.ServerCall;
import io.rxrpc.interop.afs.Overseer;
import io.rxrpc.interop.afs.XdrReader;
import io.rxrpc.interop.afs.XdrWriter;
import io.rxrpc.interop.peers.Cell;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real bos, which sends and fetches whole files, and a Java overseer. */
@Needs(Peer.CELL)
class OverseerClientIT {
  private static final int LENGTH = 3_000_001;

  @Test
  void bosFetchesALog(Cell cell) throws IOException {
    String log = "a line of a log that never ends\n".repeat(60_000);
    CallHandler handler =
        call -> {
          if (opcode(call) != Overseer.GET_LOG) {
            throw new CallAbort(AbortCode.OPCODE);
          }
          try (OutputStream reply = call.reply()) {
            reply.write(log.getBytes(StandardCharsets.US_ASCII));
            reply.write(0);
          }
        };
    try (StandIn server = StandIn.open(Overseer.PORT, Overseer.SERVICE, handler)) {
      String printed = cell.bos("getlog", server.host(), "-file", "Log").ok().out();
      assertThat(printed).endsWith(log);
      assertThat(server.endpoint().counters()).containsEntry("calls-failed", 0L);
    }
  }

  @Test
  void bosInstallsAFile(Cell cell, @TempDir Path directory) throws IOException {
    byte[] data = Rpc.random(5, LENGTH);
    Path file = Files.write(directory.resolve("program"), data);
    AtomicReference<byte[]> installed = new AtomicReference<>();
    CallHandler handler =
        call -> {
          switch (opcode(call)) {
            case Overseer.INSTALL -> installed.set(install(call));
            case Overseer.GET_RESTRICTED_MODE -> call.endReply(new XdrWriter().int32(0).toBytes());
            default -> throw new CallAbort(AbortCode.OPCODE);
          }
        };
    try (StandIn server = StandIn.open(Overseer.PORT, Overseer.SERVICE, handler)) {
      String printed =
          cell.bos("install", server.host(), "-file", file.toString(), "-dir", "/usr/afs/bin")
              .ok()
              .out();
      assertThat(printed).contains("installed file");
      assertThat(Arrays.mismatch(installed.get(), data)).isEqualTo(-1);
      assertThat(server.endpoint().counters()).containsEntry("calls-failed", 0L);
    }
  }

  /** The client asks every two seconds whether the server lives, and gives it its time. */
  @Test
  void bosWaitsForASlowServer(Cell cell) throws IOException {
    CallHandler handler =
        call -> {
          opcode(call);
          assertThat(new CountDownLatch(1).await(5, TimeUnit.SECONDS)).isFalse();
          call.endReply("late\n\0".getBytes(StandardCharsets.US_ASCII));
        };
    try (StandIn server = StandIn.open(Overseer.PORT, Overseer.SERVICE, handler)) {
      assertThat(cell.bos("getlog", server.host(), "-file", "Log").ok().out()).endsWith("late\n");
      Map<String, Long> counters = server.endpoint().counters();
      assertThat(counters.get("pings-received") + counters.get("pings-sent")).isPositive();
      assertThat(counters).containsEntry("calls-failed", 0L);
    }
  }

  private static int opcode(ServerCall call) throws IOException {
    return new DataInputStream(call.request()).readInt();
  }

  private static byte[] install(ServerCall call) throws IOException {
    XdrReader in = new XdrReader(call.request().readAllBytes());
    assertThat(in.string(256)).isEqualTo("/usr/afs/bin/program");
    assertThat(in.int32()).isEqualTo(LENGTH);
    in.ints(2);
    return in.bytes(in.remaining());
  }
}
