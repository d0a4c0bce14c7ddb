// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.cli.CommandRun;
import io.rxrpc.cli.GuideCommands;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What docs/calls-by-name.md shows of the services of AFS is what comes out. */
class ServicesGuideTest {
  @Test
  void everyCommandPrintsWhatTheGuideSays() throws IOException {
    try (ServedCell cell = new ServedCell()) {
      Map<String, String> targets = new LinkedHashMap<>();
      targets.put("fs1.example.org/bos", cell.serve("bos"));
      targets.put("db1.example.org/pt", cell.serve("pt"));
      targets.put("db1.example.org/vl", cell.serve("vl"));
      List<GuideCommands> commands = GuideCommands.of("calls-by-name.md", "run services");
      for (GuideCommands command : commands) {
        CommandRun run = command.run(word -> targets.getOrDefault(word, word));
        String said = run.out() + run.err();
        for (Map.Entry<String, String> target : targets.entrySet()) {
          // a server is told by its number, as packets have it
          String number =
              target.getValue().replace("/vl", "/52").replace("/pt", "/73").replace("/bos", "/1");
          said = said.replace(number, target.getKey());
        }
        said = said.replaceAll("\"seconds\":[0-9.E-]+", "\"seconds\":0.001");
        assertThat(said).as(command.line()).isEqualTo(command.output());
      }
      assertThat(commands).hasSize(8);
    }
  }
}
