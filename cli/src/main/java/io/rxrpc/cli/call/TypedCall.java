// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.call;

import io.rxrpc.CallOptions;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.afs.WellKnownService;
import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.FailureReport;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.frame.Session;
import io.rxrpc.cli.frame.Streams;
import io.rxrpc.cli.frame.Target;
import io.rxrpc.cli.option.KnownService;
import io.rxrpc.cli.text.Json;
import io.rxrpc.cli.typed.Arguments;
import io.rxrpc.cli.typed.DescribedProcedure;
import io.rxrpc.cli.typed.Interfaces;
import io.rxrpc.cli.typed.JsonTree;
import io.rxrpc.cli.typed.PlainValues;
import io.rxrpc.cli.typed.RefusedException;
import io.rxrpc.rpc.Answer;
import io.rxrpc.rpc.ErrorTables;
import io.rxrpc.rpc.MultiCall;
import io.rxrpc.rpc.Parameters;
import io.rxrpc.rpc.RpcClient;
import io.rxrpc.rpc.RpcException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code rxrpc call} by name: a procedure at one server, or at several. */
final class TypedCall {
  private final RootCommand root;
  private final TypedCallOptions typed;
  private final @Nullable KnownService known;
  private final @Nullable Path out;
  private final long start = System.nanoTime();

  /**
   * @param known the service, where it needs no description
   * @param out where the data of a split call goes, {@code -} for stdout, or null
   */
  TypedCall(
      RootCommand root, TypedCallOptions typed, @Nullable KnownService known, @Nullable Path out) {
    this.root = root;
    this.typed = typed;
    this.known = known;
    this.out = out;
  }

  /**
   * Makes the call. Whatever is wrong with it is found before anything is sent.
   *
   * @param targets one, or several with commas
   * @param words the procedure, and its parameters
   * @param options asked when it is known that there will be a call
   */
  int run(String targets, List<String> words, OptionsSource options)
      throws CommandFailure, IOException {
    List<Target> peers = new ArrayList<>();
    for (String target : targets.split(",", -1)) {
      peers.add(Target.peer(target, Target.NONE, Target.NONE));
    }
    Interfaces interfaces = known == null ? typed.descriptions().read(root) : known.interfaces();
    refuseOthers(peers);
    if (words.isEmpty()) {
      throw CommandFailure.usage("which procedure? " + interfaces.listing() + listed());
    }
    DescribedProcedure procedure = find(interfaces, words.getFirst());
    byte[] request;
    try {
      List<String> values = words.subList(1, words.size());
      request = procedure.request(Arguments.of(procedure, interfaces, typed.json(root), values));
    } catch (RefusedException e) {
      throw new CommandFailure(ExitCode.USAGE, e.line(), e);
    }
    Parameters parameters = to -> to.stream().write(request);
    if (!procedure.isSplit()) {
      refuseData(procedure);
    } else if (peers.size() > 1) {
      throw CommandFailure.usage(procedure.name() + " is a split call: it has one target");
    }
    List<RxrpcAddress> servers = new ArrayList<>();
    for (Target peer : peers) {
      servers.add(peer.address());
    }
    RxrpcAddress first = servers.getFirst();
    CallOptions how = options.get();
    if (procedure.isSplit()) {
      SplitTransfer transfer = new SplitTransfer(root, typed, out, procedure);
      try (transfer;
          Session session = Session.untilExit(root)) {
        Map<String, @Nullable Object> results =
            transfer.run(client(session, first, how), parameters);
        print(first, procedure, results, transfer);
      }
      return ExitCode.OK;
    }
    try (Session session = Session.untilExit(root)) {
      RpcClient client = client(session, first, how);
      if (servers.size() > 1) {
        return many(client, servers, procedure, parameters);
      }
      print(
          first, procedure, client.call(procedure.rpc(), parameters, procedure::decodeReply), null);
    }
    return ExitCode.OK;
  }

  private DescribedProcedure find(Interfaces interfaces, String name) throws CommandFailure {
    KnownService k = known;
    String service = k == null ? "" : k.name() + ".";
    try {
      // 'rpc show' calls it vl.GetEntryByNameU
      return interfaces.find(name.startsWith(service) ? name.substring(service.length()) : name);
    } catch (RefusedException e) {
      throw new CommandFailure(ExitCode.USAGE, e.line() + listed(), e);
    }
  }

  /** Where to look for what there is. */
  private String listed() {
    KnownService k = known;
    return k == null ? "" : "; 'rxrpc rpc list " + k.name().replace(",", "") + "' lists them";
  }

  /** A description is of one service. */
  private void refuseOthers(List<Target> peers) throws CommandFailure {
    for (Target peer : peers) {
      if (known != null && peer.service() != peers.getFirst().service()) {
        throw CommandFailure.usage(
            peer
                + " and "
                + peers.getFirst()
                + " are of different services: they have other calls");
      }
    }
  }

  /** The options of the call; tokens are looked for when they are asked for. */
  interface OptionsSource {
    CallOptions get() throws CommandFailure, IOException;
  }

  private void refuseData(DescribedProcedure procedure) throws CommandFailure {
    if (out != null || typed.in() != null || typed.outBytes() != null) {
      String option = typed.in() != null ? "--in" : out != null ? "--out" : "--out-bytes";
      throw CommandFailure.usage(
          option + " is for the data of split calls, and " + procedure.name() + " is none");
    }
  }

  private RpcClient client(Session session, RxrpcAddress server, CallOptions options)
      throws CommandFailure {
    RxrpcEndpoint endpoint =
        server.serviceId() == WellKnownService.FS.id()
            ? session.callbackClient()
            : session.client();
    return RpcClient.of(endpoint, server).with(options).errors(errors());
  }

  private ErrorTables errors() throws CommandFailure {
    return typed.descriptions().errors(known == null ? ErrorTables.RX : known.errors());
  }

  private int many(
      RpcClient client,
      List<RxrpcAddress> servers,
      DescribedProcedure procedure,
      Parameters parameters) {
    int code = ExitCode.OK;
    FailureReport failures = new FailureReport(root);
    try (MultiCall<Map<String, @Nullable Object>> calls =
        client.callAll(servers, procedure.rpc(), parameters, procedure::decodeReply)) {
      for (Answer<Map<String, @Nullable Object>> answer : calls) {
        try {
          Map<String, @Nullable Object> results = answer.get();
          if (!root.json()) {
            root.streams().out().println(answer.server() + ":");
          }
          print(answer.server(), procedure, results, null);
        } catch (RpcException e) {
          code = failures.report(e);
        }
      }
    }
    return code;
  }

  private void print(
      RxrpcAddress server,
      DescribedProcedure procedure,
      Map<String, @Nullable Object> results,
      @Nullable SplitTransfer data) {
    long nanos = System.nanoTime() - start;
    PrintStream stdout = root.streams().out();
    if (root.json()) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("target", server.toString());
      json.put("procedure", procedure.name());
      json.put("results", JsonTree.of(results));
      if (data != null) {
        json.put("bytes_sent", data.sent());
        json.put("bytes_received", data.received());
      }
      json.put("seconds", Json.rounded(nanos / 1e9, 6));
      Json.print(stdout, json);
      return;
    }
    PrintStream to = data != null && data.usesStdout() ? root.streams().err() : stdout;
    to.print(PlainValues.of(results));
    to.flush();
    if (results.isEmpty()) {
      answered(server, procedure, nanos);
    }
  }

  /** A person sees nothing of a reply without results. */
  private void answered(RxrpcAddress server, DescribedProcedure procedure, long nanos) {
    Streams streams = root.streams();
    if (!root.quiet() && (streams.outIsTerminal() || streams.errIsTerminal())) {
      streams
          .err()
          .printf(
              Locale.ROOT,
              "rxrpc: %s answered %s, which has no results, in %.1f ms%n",
              server,
              procedure.name(),
              nanos / 1e6);
    }
  }
}
