// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.frame;

import io.rxrpc.AbortCode;
import io.rxrpc.CallTimeoutException;
import io.rxrpc.EndpointClosedException;
import io.rxrpc.LocalAbortException;
import io.rxrpc.LocalErrorException;
import io.rxrpc.RemoteAbortException;
import io.rxrpc.cli.text.Json;
import io.rxrpc.cli.text.Similar;
import io.rxrpc.rpc.ErrorCode;
import io.rxrpc.rpc.RpcAbortException;
import io.rxrpc.rpc.RpcException;
import io.rxrpc.rpc.RpcTransportException;
import io.rxrpc.tokens.klog.KlogException;
import io.rxrpc.tokens.rxgk.NegotiationException;
import io.rxrpc.tokens.store.NoTokenException;
import io.rxrpc.tokens.store.TokenStoreException;
import io.rxrpc.udp.Errno;
import io.rxrpc.wire.AbortCodes;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Turns what went wrong into one line on stderr and an exit code. */
public final class FailureReport {
  private final RootCommand root;

  /** Tells on the streams of this run. */
  public FailureReport(RootCommand root) {
    this.root = root;
  }

  /**
   * The command line cannot be understood.
   *
   * @param verbs the names of all verbs
   */
  public int usage(CommandLine.ParameterException e, List<String> verbs) {
    Throwable cause = e.getCause();
    String message = e.getMessage();
    String verb = e.getCommandLine().getCommandSpec().qualifiedName();
    if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
      message = unmatched(unmatched, verbs);
    }
    print((message == null ? "usage" : oneLine(message)) + "; see " + verb + " --help");
    trace(cause == null ? e : cause);
    return ExitCode.USAGE;
  }

  /** Names what is not known, and what may have been meant. */
  private static @Nullable String unmatched(
      CommandLine.UnmatchedArgumentException e, List<String> all) {
    CommandLine line = e.getCommandLine();
    String first = e.getUnmatched().isEmpty() ? "" : e.getUnmatched().getFirst();
    boolean option = first.startsWith("-") && first.length() > 1;
    if (option) {
      String name = first.replaceFirst("=.*", "");
      List<String> options =
          line.getCommandSpec().options().stream()
              .filter(o -> !o.hidden())
              .flatMap(o -> Arrays.stream(o.names()))
              .toList();
      return "no option is called '" + name + "'" + Similar.hint(name, options);
    }
    Set<String> verbs = line.getSubcommands().keySet();
    if (verbs.isEmpty()) {
      return e.getMessage();
    }
    Collection<String> known = line.getParent() == null ? all : verbs;
    return "no verb is called '" + first + "'" + Similar.hint(first, known);
  }

  /** The verb failed. */
  public int report(Throwable e) {
    print(text(e));
    trace(e);
    int code = exitCode(e);
    if (root.json()) {
      json(e, code);
    }
    return code;
  }

  static int exitCode(Throwable e) {
    return switch (e) {
      case CommandFailure f -> f.exitCode();
      case RemoteAbortException a -> ExitCode.ABORTED;
      case CallTimeoutException t -> ExitCode.TIMEOUT;
      case LocalAbortException a when a.code().value() != AbortCodes.RX_PROTOCOL_ERROR ->
          ExitCode.REFUSED;
      case LocalErrorException l when isRefusal(l) -> ExitCode.REFUSED;
      case NoTokenException n -> ExitCode.REFUSED;
      case TokenStoreException t -> ExitCode.REFUSED;
      case KlogException k when k.localFile() -> ExitCode.USAGE;
      case KlogException k -> k.network() ? ExitCode.NETWORK : ExitCode.REFUSED;
      case NegotiationException n -> ExitCode.REFUSED;
      case RpcAbortException a -> ExitCode.ABORTED;
      case RpcTransportException t -> exitCode(t.transport());
      case IOException io -> ExitCode.NETWORK;
      default -> ExitCode.BUG;
    };
  }

  /** Whether something here did not want the call, rather than could not make it. */
  private static boolean isRefusal(LocalErrorException e) {
    return switch (e.errno()) {
      case EPERM, EACCES, ENOKEY, EKEYEXPIRED, EKEYREVOKED, EKEYREJECTED -> true;
      case null, default -> false;
    };
  }

  /** What happened, in one line. */
  public static String text(Throwable e) {
    return switch (e) {
      case CommandFailure f -> oneLine(f.line());
      // Nothing closes an endpoint under a verb but the hook of a signal.
      case EndpointClosedException c -> "interrupted; the peer was told";
      case RemoteAbortException a ->
          a.address() + " aborted: " + a.code() + SecurityAdvice.of(a.code().value());
      case RpcAbortException a -> message(a) + SecurityAdvice.of(a.code());
      case RpcTransportException t -> text(t.transport());
      case LocalAbortException a -> message(a) + SecurityAdvice.of(a.code().value());
      case LocalErrorException l when l.errno() == Errno.EKEYEXPIRED ->
          message(l) + SecurityAdvice.of(AbortCodes.RXKADEXPIRED);
      case IOException io -> message(io);
      default ->
          "a defect of this program: "
              + oneLine(e.toString())
              + "; please report it with the output of RXRPC_DEBUG=1";
    };
  }

  /** What is wrong with a local file. */
  public static String file(IOException e, @Nullable Path file) {
    String name = file == null ? "stdin or stdout" : file.toString();
    return switch (e) {
      case NoSuchFileException n -> name + ": no such file or directory";
      case AccessDeniedException a -> name + ": permission denied";
      default -> name + ": " + message(e);
    };
  }

  private void json(Throwable e, int code) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("message", text(e));
    error.put("exit", code);
    if (e instanceof RemoteAbortException a) {
      AbortCode abort = a.code();
      error.put("abort_code", abort.value());
      String name = abort.name();
      if (name != null) {
        error.put("abort_name", name);
      }
    }
    if (e instanceof RpcException rpc) {
      error.put("target", rpc.server().toString());
      error.put("procedure", rpc.procedure().name());
    }
    if (e instanceof RpcAbortException a) {
      ErrorCode abort = a.error();
      error.put("abort_code", abort.value());
      if (!abort.name().isEmpty()) {
        error.put("abort_name", abort.name());
      }
    }
    Json.print(root.streams().out(), Map.of("error", error));
  }

  private void print(String line) {
    root.streams().err().println("rxrpc: " + line);
  }

  private void trace(Throwable e) {
    String debug = System.getenv("RXRPC_DEBUG");
    if (debug != null && !debug.isEmpty() && !debug.equals("0")) {
      e.printStackTrace(root.streams().err());
    }
  }

  private static String message(Throwable e) {
    String message = e.getMessage();
    return message == null || message.isBlank()
        ? e.getClass().getSimpleName() + " without a message"
        : oneLine(message);
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", "; ");
  }
}
