// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.klog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ThisCell and CellServDB of a client. */
class CellServersTest {
  @TempDir Path dir;

  @Test
  void theFilesOfAClient() throws IOException {
    Files.writeString(dir.resolve("ThisCell"), "Local.Example\n");
    String text =
        """
        >grand.central.org      # GCO Public CellServDB
        18.9.48.14              #grand.mit.edu
        >cell.example linked.example # M\u00fcnchen
        192.0.2.1\t#afsdb1.cell.example
        [192.0.2.2]  # afsdb2.cell.example  first
        >empty.example
        """;
    Files.write(dir.resolve("CellServDB"), text.getBytes(StandardCharsets.ISO_8859_1));
    CellServers cells = new CellServers(List.of(dir.resolve("none"), dir));
    assertThat(cells.local()).contains("local.example");
    assertThat(cells.hosts("CELL.example"))
        .containsExactly("afsdb1.cell.example", "afsdb2.cell.example");
    assertThat(cells.hosts("empty.example")).isEmpty();
    assertThat(cells.hosts("no.example")).isEmpty();
  }

  @Test
  void noFiles() throws IOException {
    CellServers cells = new CellServers(List.of(dir));
    assertThat(cells.local()).isEmpty();
    assertThat(cells.hosts("cell.example")).isEmpty();
  }
}
