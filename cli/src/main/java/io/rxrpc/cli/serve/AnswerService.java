// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.serve;

import io.rxrpc.AbortCode;
import io.rxrpc.CallHandler;
import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.FailureReport;
import io.rxrpc.cli.frame.InputFile;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.frame.Target;
import io.rxrpc.cli.option.DescriptionOptions;
import io.rxrpc.cli.option.KnownService;
import io.rxrpc.cli.text.Json;
import io.rxrpc.cli.typed.Answers;
import io.rxrpc.cli.typed.DescribedProcedure;
import io.rxrpc.cli.typed.Example;
import io.rxrpc.cli.typed.ExampleService;
import io.rxrpc.cli.typed.Interfaces;
import io.rxrpc.cli.typed.JsonTree;
import io.rxrpc.cli.typed.RefusedException;
import io.rxrpc.rpc.ErrorTables;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code rxrpc serve --answer}: answers by example, and a line for each call to who asks for it.
 */
final class AnswerService implements ExampleService.Watch {
  private final RootCommand root;
  private final boolean verbose;

  private AnswerService(RootCommand root, boolean verbose) {
    this.root = root;
    this.verbose = verbose;
  }

  /**
   * A handler that answers as the file says.
   *
   * @param known the service, where it needs no description
   * @param verbose whether each call is printed
   */
  static CallHandler of(
      RootCommand root,
      DescriptionOptions descriptions,
      @Nullable KnownService known,
      Path file,
      boolean verbose)
      throws CommandFailure {
    Interfaces interfaces;
    ErrorTables errors;
    if (descriptions.isGiven()) {
      interfaces = descriptions.read(root);
      errors = descriptions.errors(ErrorTables.RX);
    } else if (known != null) {
      descriptions.refuseForKnown();
      interfaces = known.interfaces();
      errors = descriptions.errors(known.errors());
    } else {
      throw CommandFailure.usage("--answer needs --xg FILE: the description of what is answered");
    }
    try {
      String json = InputFile.text(Files.newInputStream(file), file);
      Path folder = file.toAbsolutePath().getParent();
      Map<DescribedProcedure, Example> examples =
          Answers.read(json, interfaces, errors, folder == null ? file : folder);
      return ExampleService.of(interfaces, examples, new AnswerService(root, verbose));
    } catch (RefusedException e) {
      throw new CommandFailure(ExitCode.USAGE, file + ": " + e.line(), e);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.USAGE, "cannot read " + FailureReport.file(e, file), e);
    }
  }

  @Override
  public void served(
      InetSocketAddress client,
      DescribedProcedure procedure,
      Map<String, @Nullable Object> parameters,
      long dataOctets,
      Example answer) {
    if (!verbose) {
      return;
    }
    Map<String, @Nullable Object> values = JsonTree.of(parameters);
    PrintStream out = root.streams().out();
    if (root.json()) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("client", place(client));
      json.put("procedure", procedure.name());
      json.put("parameters", values);
      if (dataOctets >= 0) {
        json.put("bytes_received", dataOctets);
      }
      json.put("answer", answer.toString());
      Json.print(out, json);
      return;
    }
    StringBuilder line = new StringBuilder(place(client)).append(": ").append(procedure);
    values.forEach(
        (name, value) ->
            line.append(' ').append(name).append('=').append(Json.text(value, out.charset())));
    if (dataOctets >= 0) {
      line.append(", data of ").append(dataOctets).append(" octets");
    }
    out.println(line.append("; ").append(answer));
    out.flush();
  }

  @Override
  public void refused(InetSocketAddress client, AbortCode code, String why) {
    if (!verbose) {
      return;
    }
    PrintStream out = root.streams().out();
    if (root.json()) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("client", place(client));
      json.put("refused", why);
      json.put("answer", "abort " + code);
      Json.print(out, json);
      return;
    }
    out.println(place(client) + ": " + why + "; abort " + code);
    out.flush();
  }

  private static String place(InetSocketAddress client) {
    return new Target(client.getAddress().getHostAddress(), client.getPort(), 0).place();
  }
}
