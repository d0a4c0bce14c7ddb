// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.interop.peers.Cell;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import io.rxrpc.interop.peers.Programs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * OpenAFS's own commands at generated services, and the same at its own servers: what they print is
 * the same but for addresses, ids and times.
 */
@Needs(Peer.CELL)
class JavaCellIT {
  private static final String DAY = "(Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ 0-9]{2} ";

  @TempDir private Path directory;

  private static Programs.Result javaCell(JavaCell cell, Path directory, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(arguments));
    command.addAll(List.of("-noauth", "-config", cell.clientConfiguration(directory)));
    if (arguments[0].equals("vos")) {
      command.add("-noresolve");
    }
    return Programs.run(Duration.ofMinutes(1), command);
  }

  private static String[] rest(String... arguments) {
    return List.of(arguments).subList(1, arguments.length).toArray(new String[0]);
  }

  /** Without what differs from cell to cell. */
  private static String plain(Programs.Result result, String host) {
    return (result.out() + result.err())
        .replace(host, "HOST")
        .replaceAll(DAY + "[0-9:]{8} [0-9]{4}", "DATE")
        .replaceAll("\\b[0-9]{9}\\b", "VOLUME")
        .replaceAll("(id:? |id )-?[0-9]+", "$1ID")
        .replaceAll(" +[0-9]+ K", " N K")
        .replaceAll(" +\\n", "\n");
  }

  private void same(Cell real, JavaCell made, String... arguments) throws Exception {
    String[] atReal = arguments.clone();
    String[] atMade = arguments.clone();
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].equals("HOST")) {
        atReal[i] = real.address().getHostAddress();
        atMade[i] = made.host();
      }
    }
    Programs.Result expected = real.run(atReal[0], rest(atReal));
    Programs.Result found = javaCell(made, directory, atMade);
    assertThat(plain(found, made.host()))
        .as(String.join(" ", arguments))
        .isEqualTo(plain(expected, real.address().getHostAddress()));
    assertThat(found.exit()).isEqualTo(expected.exit());
  }

  @Test
  void vosCreatesExaminesListsAndRemoves(Cell cell) throws Exception {
    try (JavaCell made = JavaCell.open()) {
      same(cell, made, "vos", "create", "HOST", "a", "java.volume", "-maxquota", "777");
      same(cell, made, "vos", "examine", "java.volume");
      same(cell, made, "vos", "listvldb", "java.volume");
      same(cell, made, "vos", "lock", "java.volume");
      same(cell, made, "vos", "listvldb", "java.volume");
      same(cell, made, "vos", "unlock", "java.volume");
      same(cell, made, "vos", "create", "HOST", "a", "java.volume");
      String all = javaCell(made, directory, "vos", "listvldb").ok().out();
      assertThat(all).contains("java.volume", "Total entries: 1");
      String there =
          javaCell(made, directory, "vos", "listvldb", "-server", made.host()).ok().out();
      assertThat(there).contains("VLDB entries for server " + made.host(), "java.volume");
      same(cell, made, "vos", "remove", "HOST", "a", "java.volume");
      same(cell, made, "vos", "examine", "java.volume");
    }
  }

  @Test
  void ptsCreatesExaminesAddsAndDeletes(Cell cell) throws Exception {
    try (JavaCell made = JavaCell.open()) {
      same(cell, made, "pts", "createuser", "javauser");
      same(cell, made, "pts", "creategroup", "javagroup", "-owner", "system:administrators");
      same(cell, made, "pts", "createuser", "javauser");
      same(cell, made, "pts", "examine", "javauser");
      same(cell, made, "pts", "examine", "javagroup");
      same(cell, made, "pts", "adduser", "javauser", "javagroup");
      same(cell, made, "pts", "membership", "javagroup");
      same(cell, made, "pts", "membership", "javauser");
      same(cell, made, "pts", "examine", "javagroup");
      same(cell, made, "pts", "removeuser", "javauser", "javagroup");
      same(cell, made, "pts", "delete", "javagroup");
      same(cell, made, "pts", "delete", "javauser");
      same(cell, made, "pts", "examine", "javauser");
    }
  }

  @Test
  void bosShowsProcessesAndHosts(Cell cell) throws Exception {
    try (JavaCell made = JavaCell.open()) {
      String host = made.host();
      cell.bos("create", host, "javaproc", "simple", "/bin/true -x").ok();
      assertThat(cell.bos("status", host).ok().out())
          .isEqualTo("Instance javaproc, currently running normally.\n");
      String aLot = cell.bos("status", host, "-long").ok().out();
      assertThat(aLot)
          .startsWith("Instance javaproc, (type is simple) currently running normally.\n")
          .contains("Process last started at ", "(1 proc starts)", "Command 1 is '/bin/true -x'\n");
      assertThat(cell.bos("listhosts", host).ok().out())
          .isEqualTo("Cell name is test.example\n    Host 1 is " + host + "\n");
      String real = cell.address().getHostAddress();
      assertThat(cell.bos("listhosts", real).ok().out())
          .isEqualTo("Cell name is test.example\n    Host 1 is " + real + "\n");
      cell.bos("stop", host, "javaproc").ok();
      assertThat(cell.bos("status", host).ok().out())
          .isEqualTo("Instance javaproc, disabled, currently shutdown.\n");
      cell.bos("delete", host, "javaproc").ok();
      assertThat(cell.bos("status", host).ok().out()).isEmpty();
      Programs.Result gone = cell.bos("stop", host, "javaproc");
      assertThat(gone.err()).contains("no such entity");
    }
  }
}
