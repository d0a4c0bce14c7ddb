// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli;

import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.FailureReport;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.frame.Without;
import io.rxrpc.cli.frame.Without.Part;
import io.rxrpc.cli.manual.ManualPage;
import io.rxrpc.cli.text.Similar;
import io.rxrpc.rxgen.command.Rxgen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rxrpc help VERB}: the same as {@code rxrpc VERB --help}. */
@Command(
    name = "help",
    customSynopsis = {"rxrpc help [VERB [SUBVERB]] [--man]", "       rxrpc help --man-pages DIR"},
    description = "Show the help of a verb, or of all.",
    footer = {
      "",
      "Examples:",
      "  rxrpc help call",
      "  rxrpc help perf client",
      "  rxrpc help call --man | man -l -"
    })
@Without({Part.PACKETS, Part.TUNABLES, Part.JSON, Part.REMARKS})
final class HelpCommand implements Callable<Integer> {
  private final RootCommand root;

  @Parameters(arity = "0..*", paramLabel = "VERB", description = "The verb, and its subverb.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--man", description = "Print it as a manual page.")
  private boolean man;

  @Option(
      names = "--man-pages",
      paramLabel = "DIR",
      description = "Write the manual pages of rxrpc, of all verbs and of rxgen into DIR.")
  private @Nullable Path folder;

  HelpCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws CommandFailure {
    CommandLine all = Rxrpc.allVerbs(root);
    Path into = folder;
    if (into != null) {
      if (man || !names.isEmpty()) {
        throw CommandFailure.usage("--man-pages writes all pages: it takes no verb and no --man");
      }
      write(all, into);
      return ExitCode.OK;
    }
    CommandLine line = all;
    for (String name : names) {
      line = below(line, name);
    }
    if (man) {
      root.streams().out().print(ManualPage.of(line, source()).text());
    } else {
      line.usage(line.getOut());
    }
    return ExitCode.OK;
  }

  private static CommandLine below(CommandLine line, String name) throws CommandFailure {
    CommandLine next = line.getSubcommands().get(name);
    if (next == null) {
      String verb = line.getCommandSpec().qualifiedName();
      List<String> known = List.copyOf(line.getSubcommands().keySet());
      throw CommandFailure.usage(
          known.isEmpty()
              ? "'" + verb + "' has no subverbs"
              : "'" + verb + "' has no verb '" + name + "'" + Similar.hint(name, known));
    }
    return next;
  }

  private static void write(CommandLine all, Path folder) throws CommandFailure {
    List<ManualPage> pages = new ArrayList<>(ManualPage.all(all, source()));
    pages.add(ManualPage.of(Rxgen.line(all.getOut(), all.getErr()), source()));
    try {
      Files.createDirectories(folder);
      for (ManualPage page : pages) {
        Files.writeString(folder.resolve(page.file()), page.text());
      }
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.USAGE, "cannot write manual pages: " + FailureReport.file(e, folder), e);
    }
  }

  private static String source() {
    return "rxrpc " + RootCommand.programVersion();
  }
}
