// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.frame;

import io.rxrpc.PacketCapture;
import io.rxrpc.PacketTrace;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.udp.PortKind;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The endpoints of one run of a verb, opened as the global options say, and the capture. */
public final class Session implements AutoCloseable {
  private final RootCommand root;
  private final Tunables tunables;
  private final @Nullable PacketCapture capture;
  private final @Nullable PacketTrace trace;
  private final Deque<RxrpcEndpoint> endpoints = new ArrayDeque<>();
  private @Nullable Thread hook;

  private Session(RootCommand root) throws CommandFailure {
    this.root = root;
    this.tunables = root.tunables();
    PrintStream err = root.streams().err();
    this.trace = root.trace() ? PacketTrace.to(err::println) : null;
    Path file = root.pcap();
    try {
      this.capture = file == null ? null : PacketCapture.open(file);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.USAGE, "cannot write " + FailureReport.file(e, file), e);
    }
  }

  /** A session that the verb itself ends, whatever signals come: for servers. */
  public static Session ofServer(RootCommand root) throws CommandFailure {
    return new Session(root);
  }

  /**
   * A session that a signal ends too: the peer learns by an ABORT that nobody waits any more, and
   * the capture is complete.
   */
  public static Session untilExit(RootCommand root) throws CommandFailure {
    Session session = new Session(root);
    Thread hook = new Thread(session::closeAll, "rxrpc-exit");
    session.hook = hook;
    Runtime.getRuntime().addShutdownHook(hook);
    return session;
  }

  /** An endpoint for calls to anywhere. */
  public RxrpcEndpoint client() throws CommandFailure {
    return client(false);
  }

  /**
   * The same.
   *
   * @param completeInLoop whether its futures are completed in its loop
   */
  public RxrpcEndpoint client(boolean completeInLoop) throws CommandFailure {
    return client(new Target(Target.EVERYWHERE, 0, 0), completeInLoop);
  }

  /**
   * The same from an address of this host.
   *
   * @param completeInLoop whether its futures are completed in its loop
   */
  public RxrpcEndpoint client(Target local, boolean completeInLoop) throws CommandFailure {
    return open(local, b -> b.completeInLoop(completeInLoop), "cannot open a UDP port");
  }

  /** The same, for calls to file servers: it answers when they call back. */
  public RxrpcEndpoint callbackClient() throws CommandFailure {
    return open(
        new Target(Target.EVERYWHERE, 0, 0),
        b -> b.answerCallbacks(true),
        "cannot open a UDP port");
  }

  /** An endpoint that listens there. */
  public RxrpcEndpoint server(Target local) throws CommandFailure {
    return server(local, false);
  }

  /**
   * An endpoint that listens there.
   *
   * @param answerDebug whether it answers rxdebug
   */
  public RxrpcEndpoint server(Target local, boolean answerDebug) throws CommandFailure {
    return open(local, b -> b.answerDebug(answerDebug), "cannot listen on " + local.place());
  }

  @Override
  public void close() throws CommandFailure {
    Thread h = hook;
    if (h != null) {
      try {
        Runtime.getRuntime().removeShutdownHook(h);
      } catch (IllegalStateException e) {
        hook = null; // the JVM is ending: the hook closes everything, and so do we
      }
    }
    IOException failure = closeAll();
    if (failure != null) {
      throw new CommandFailure(
          ExitCode.USAGE, "the packet capture is not complete: " + failure.getMessage(), failure);
    }
  }

  private RxrpcEndpoint open(
      Target local, UnaryOperator<RxrpcEndpoint.Builder> wishes, String otherwise)
      throws CommandFailure {
    InetSocketAddress address = local.resolve();
    try {
      try {
        return open(address, wishes);
      } catch (BindException e) {
        throw e;
      } catch (IOException | UnsupportedOperationException e) {
        if (!local.host().equals(Target.EVERYWHERE)) {
          throw e;
        }
        // A host without IPv6: everywhere means all of IPv4.
        return open(new InetSocketAddress("0.0.0.0", local.port()), wishes);
      }
    } catch (IOException | UnsupportedOperationException e) {
      String advice = e instanceof BindException ? "; choose another address, or port 0" : "";
      throw new CommandFailure(ExitCode.NETWORK, otherwise + ": " + e.getMessage() + advice, e);
    }
  }

  private RxrpcEndpoint open(InetSocketAddress local, UnaryOperator<RxrpcEndpoint.Builder> wishes)
      throws IOException {
    RxrpcEndpoint.Builder builder =
        wishes
            .apply(RxrpcEndpoint.builder())
            .local(local)
            .tunables(tunables)
            .version("RxRPC for Java " + RootCommand.programVersion());
    PortKind kind = root.portKind();
    if (kind != null) {
      builder.port(kind);
    }
    PacketCapture c = capture;
    if (c != null) {
      builder.capture(c);
    }
    PacketTrace t = trace;
    if (t != null) {
      builder.trace(t);
    }
    RxrpcEndpoint endpoint = builder.open();
    synchronized (endpoints) {
      endpoints.push(endpoint);
    }
    return endpoint;
  }

  /** May run twice at once, in the verb and in the hook: closing twice does no harm. */
  private @Nullable IOException closeAll() {
    synchronized (endpoints) {
      endpoints.forEach(RxrpcEndpoint::close);
    }
    PacketTrace t = trace;
    if (t != null) {
      t.close();
    }
    PacketCapture c = capture;
    if (c != null) {
      try {
        c.close();
      } catch (IOException e) {
        return e;
      }
    }
    return null;
  }
}
