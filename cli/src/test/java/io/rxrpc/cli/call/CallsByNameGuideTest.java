package io.rxrpc.cli.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.cli.CommandRun;
import io.rxrpc.cli.RunningCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/calls-by-name.md shows is what comes out. */
class CallsByNameGuideTest {
  private static final Pattern FILE =
      Pattern.compile("<!-- file (\\S+) -->\n```\\w*\n(.*?)```", Pattern.DOTALL);
  private static final Pattern RUN = Pattern.compile("<!-- run -->\n```\n(.*?)```", Pattern.DOTALL);
  private static final Pattern COMMAND = Pattern.compile("\\$ rxrpc (.*)\n((?:(?!\\$ ).*\n)*)");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

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
      Matcher run = RUN.matcher(guide);
      assertThat(run.find()).isTrue();
      Matcher command = COMMAND.matcher(run.group(1));
      int commands = 0;
      while (command.find()) {
        CommandRun said = CommandRun.of(words(command.group(1), target, names));
        String expected = command.group(2).replace("127.0.0.1:7300/52", target);
        assertThat((said.out() + said.err()).replace(directory + "/", ""))
            .as(command.group(1))
            .isEqualTo(expected);
        commands++;
      }
      assertThat(commands).isEqualTo(7);
    }
  }

  private String[] words(String line, String target, List<String> files) {
    Matcher word = WORD.matcher(line);
    Stream.Builder<String> words = Stream.builder();
    while (word.find()) {
      String text = word.group(1) == null ? word.group(2) : word.group(1);
      words.add(
          text.equals("127.0.0.1:7300/52")
              ? target
              : files.contains(text) ? directory.resolve(text).toString() : text);
    }
    return words.build().toArray(String[]::new);
  }
}
