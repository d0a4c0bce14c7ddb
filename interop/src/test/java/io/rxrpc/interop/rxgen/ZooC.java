// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.rxgen;

import io.rxrpc.interop.peers.Programs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BinaryOperator;

/** The program that C's rxgen and compiler make of zoo.xg and zoo_peer.c. */
final class ZooC {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path program;

  private ZooC(Path program) {
    this.program = program;
  }

  static ZooC make(Path to) throws IOException {
    Files.createDirectories(to);
    for (String name : List.of("zoo.xg", "sizes.xg")) {
      Files.copy(Zoo.folder().resolve(name), to.resolve(name));
    }
    Files.copy(Zoo.resource("zoo_peer.c"), to.resolve("zoo_peer.c"));
    // Generated C includes two headers of OpenAFS's own build; nothing of them is needed.
    Files.writeString(to.resolve("afsconfig.h"), "");
    Files.writeString(to.resolve("roken.h"), "");
    shell(
        to,
        "rxgen -h -o zoo.h zoo.xg && rxgen -c -o zoo.xdr.c zoo.xg"
            + " && rxgen -C -o zoo.cs.c zoo.xg && rxgen -S -o zoo.ss.c zoo.xg"
            + " && gcc -w -O1 -I. -o zoo_peer zoo_peer.c zoo.xdr.c zoo.cs.c zoo.ss.c"
            + " /usr/lib/libafsrpc.a -lpthread");
    return new ZooC(to.resolve("zoo_peer"));
  }

  private static void shell(Path folder, String command) {
    Programs.run(PATIENCE, List.of("sh", "-c", "cd '" + folder + "' && " + command)).ok();
  }

  /** Something that runs until it is closed. */
  static class Running implements AutoCloseable {
    final Process process;
    final BufferedReader out;
    final Writer in;

    Running(List<String> command) throws IOException {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      out = process.inputReader();
      in = process.outputWriter();
    }

    @Override
    public void close() throws IOException {
      try {
        in.close(); // it ends with its input
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }

  /** A server on a free port. */
  static final class Server extends Running {
    private final InetSocketAddress address;

    Server(List<String> command) throws IOException {
      super(command);
      String port = out.readLine();
      if (port == null) {
        throw new IOException("the server in C ended at once");
      }
      address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
    }

    InetSocketAddress address() {
      return address;
    }
  }

  Server serve() throws IOException {
    return new Server(List.of(program.toString(), "server"));
  }

  /** A client of a server: procedure and octets in, octets or an abort code out. */
  static final class Client extends Running implements BinaryOperator<String> {
    Client(List<String> command) throws IOException {
      super(command);
    }

    @Override
    public String apply(String procedure, String octets) {
      try {
        in.write(procedure + " " + octets + "\n");
        in.flush();
        return String.valueOf(out.readLine());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  Client client(InetSocketAddress server) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString(), "client"));
    command.add(Integer.toString(server.getPort()));
    return new Client(command);
  }
}
