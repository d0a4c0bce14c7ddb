// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.cli.CommandRun;
import io.rxrpc.cli.GuideCommands;
import io.rxrpc.cli.RunningCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/calls-by-name.md shows is what comes out. */
class CallsByNameGuideTest {
  private static final Pattern FILE =
      Pattern.compile("<!-- file (\\S+) -->\n```\\w*\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path directory;

  @Test
  void everyCommandPrintsWhatTheGuideSays() throws IOException, InterruptedException {
    Path project = Path.of("").toAbsolutePath().getParent();
    String guide = Files.readString(project.resolve("docs/calls-by-name.md"));
    List<String> names = new ArrayList<>(List.of("data"));
    Files.writeString(directory.resolve("data"), "hello\n");
    Matcher file = FILE.matcher(guide);
    while (file.find()) {
      names.add(file.group(1));
      Files.writeString(directory.resolve(file.group(1)), file.group(2));
    }
    String answers = directory.resolve("answers.json").toString();
    String description = directory.resolve("sample.xg").toString();
    try (RunningCommand server =
        RunningCommand.start("serve", "0/52", "--answer", answers, "--xg", description)) {
      String target = server.target();
      List<GuideCommands> commands = GuideCommands.of("calls-by-name.md", "run");
      for (GuideCommands command : commands) {
        CommandRun said = command.run(word -> other(word, target, names));
        String expected = command.output().replace("127.0.0.1:7300/52", target);
        assertThat((said.out() + said.err()).replace(directory + "/", ""))
            .as(command.line())
            .isEqualTo(expected);
      }
      assertThat(commands).hasSize(7);
    }
  }

  private String other(String word, String target, List<String> files) {
    return word.equals("127.0.0.1:7300/52")
        ? target
        : files.contains(word) ? directory.resolve(word).toString() : word;
  }
}
