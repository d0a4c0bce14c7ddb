// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.bos;

import io.rxrpc.CallOptions;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.afs.error.AfsErrors;
import io.rxrpc.rpc.RpcAbortException;
import io.rxrpc.rpc.RpcClient;
import io.rxrpc.rpc.RpcException;
import io.rxrpc.rpc.SplitCall;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The overseer of a server machine. Immutable and safe for all threads. Methods fail with a {@link
 * RpcException}; an abort is a {@link RpcAbortException}, whose code has the name of the service's
 * table ({@code BZNOENT}).
 */
public final class Overseer {
  private static final int NOTIFIER = 999;
  private static final String NO_NOTIFIER = "__NONOTIFIER__";
  private static final int MOST_PARAMETERS = 5;
  private static final int PAST_THE_END = 39429; // BZDOM
  private static final int NO_SUCH_ENTRY = 39425; // BZNOENT
  private static final int NO_SUCH_USER = 1;
  private static final int GENERAL = 1;
  private static final int NEW_BINARIES = 2;
  private static final int BUFFER = 64 << 10;

  private final BozoClient client;

  /**
   * The overseer of a machine, without security: enough for most of what reads.
   *
   * @param endpoint makes the calls
   * @param server the server
   */
  public Overseer(RxrpcEndpoint endpoint, RxrpcAddress server) {
    this(new BozoClient(RpcClient.of(endpoint, server).errors(AfsErrors.TABLES)));
  }

  /**
   * The overseer that a client calls.
   *
   * @param client the typed client to stand on
   */
  public Overseer(BozoClient client) {
    this.client = client;
  }

  /**
   * {@return the same with other options of calls: a token for what changes something, a time
   * limit}
   *
   * @param options security, time limit and the like
   */
  public Overseer with(CallOptions options) {
    return new Overseer(client.with(options));
  }

  /** {@return the procedures as the service has them} */
  public BozoClient client() {
    return client;
  }

  /** Asks for the nth of a list. */
  @FunctionalInterface
  private interface Nth {
    String get(int n) throws RpcException;
  }

  private static List<String> all(Nth nth, int... ends) throws RpcException {
    List<String> all = new ArrayList<>();
    while (true) {
      try {
        all.add(nth.get(all.size()));
      } catch (RpcAbortException e) {
        for (int end : ends) {
          if (e.code() == end) {
            return all;
          }
        }
        throw e;
      }
    }
  }

  /**
   * {@return the names of the processes that it looks after}
   *
   * @throws RpcException if the call fails
   */
  public List<String> processNames() throws RpcException {
    return all(client::enumerateInstance, PAST_THE_END);
  }

  /**
   * {@return the processes that it looks after}
   *
   * @throws RpcException if the call fails
   */
  public List<BosProcess> processes() throws RpcException {
    List<BosProcess> processes = new ArrayList<>();
    for (String name : processNames()) {
      processes.add(process(name));
    }
    return processes;
  }

  /**
   * {@return a process}
   *
   * @param name the name
   * @throws RpcAbortException BZNOENT if there is none of that name
   */
  public BosProcess process(String name) throws RpcException {
    List<String> commands = all(n -> client.getInstanceParm(name, n), PAST_THE_END, NO_SUCH_ENTRY);
    List<String> notifier =
        all(
            n -> client.getInstanceParm(name, n == 0 ? NOTIFIER : Integer.MAX_VALUE),
            PAST_THE_END,
            NO_SUCH_ENTRY);
    return BosProcess.of(
        name,
        client.getInstanceInfo(name),
        client.getStatus(name),
        client.getInstanceStrings(name).errorName(),
        commands,
        notifier.isEmpty() ? "" : notifier.getFirst());
  }

  /**
   * {@return the super-users of the machine's servers}
   *
   * @throws RpcException if the call fails
   */
  public List<String> superUsers() throws RpcException {
    return all(client::listSUsers, NO_SUCH_USER, PAST_THE_END, NO_SUCH_ENTRY);
  }

  /**
   * {@return the machine's cell}
   *
   * @throws RpcException if the call fails
   */
  public String cell() throws RpcException {
    return client.getCellName();
  }

  /**
   * {@return the cell's database servers, as this machine knows them; clones in square brackets}
   *
   * @throws RpcException if the call fails
   */
  public List<String> databaseServers() throws RpcException {
    return all(client::getCellHost, PAST_THE_END);
  }

  /**
   * {@return whether commands cannot be run and files not installed}
   *
   * @throws RpcException if the call fails
   */
  public boolean isRestricted() throws RpcException {
    return client.getRestrictedMode() != 0;
  }

  /**
   * {@return when everything is started again}
   *
   * @throws RpcException if the call fails
   */
  public RestartTime restartTime() throws RpcException {
    return RestartTime.of(client.getRestartTime(GENERAL));
  }

  /**
   * {@return when processes are started again whose files are new}
   *
   * @throws RpcException if the call fails
   */
  public RestartTime newBinariesTime() throws RpcException {
    return RestartTime.of(client.getRestartTime(NEW_BINARIES));
  }

  /**
   * Sets when everything is started again.
   *
   * @param time the time
   * @throws RpcException if the call fails
   */
  public void setRestartTime(RestartTime time) throws RpcException {
    client.setRestartTime(GENERAL, time.wire());
  }

  /**
   * Sets when processes are started again whose files are new.
   *
   * @param time the time
   * @throws RpcException if the call fails
   */
  public void setNewBinariesTime(RestartTime time) throws RpcException {
    client.setRestartTime(NEW_BINARIES, time.wire());
  }

  /**
   * Fetches a log, which ends with a NUL on the wire that is left off here. The stream is not
   * closed.
   *
   * @param name the name
   * @param to where it is written to
   * @throws IOException if the call fails, or writing to the stream
   */
  public void log(String name, OutputStream to) throws IOException {
    try (SplitCall<?> call = client.getLog(name)) {
      InputStream in = call.reply();
      byte[] buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        boolean end = n > 0 && buffer[n - 1] == 0;
        to.write(buffer, 0, end ? n - 1 : n);
      }
      call.end();
    }
  }

  /**
   * Sets up a process.
   *
   * @param kind simple, cron, fs or dafs
   * @param name the name
   * @param commands its command lines, at most five; of cron the command and the time
   * @throws RpcException if the call fails
   */
  public void create(String kind, String name, List<String> commands) throws RpcException {
    if (commands.size() > MOST_PARAMETERS) {
      throw new IllegalArgumentException(
          commands.size() + " command lines, where there is place for " + MOST_PARAMETERS);
    }
    List<String> p = new ArrayList<>(commands);
    while (p.size() < MOST_PARAMETERS) {
      p.add("");
    }
    client.createBnode(kind, name, p.get(0), p.get(1), p.get(2), p.get(3), p.get(4), NO_NOTIFIER);
  }

  /**
   * Forgets a process, which must be stopped.
   *
   * @param name the name
   * @throws RpcException if the call fails
   */
  public void delete(String name) throws RpcException {
    client.deleteBnode(name);
  }

  /**
   * Starts a process, now and whenever the overseer starts.
   *
   * @param name the name
   * @throws RpcException if the call fails
   */
  public void start(String name) throws RpcException {
    client.setStatus(name, BosConstants.BSTAT_NORMAL);
  }

  /**
   * Stops a process, now and whenever the overseer starts.
   *
   * @param name the name
   * @throws RpcException if the call fails
   */
  public void stop(String name) throws RpcException {
    client.setStatus(name, BosConstants.BSTAT_SHUTDOWN);
  }

  /**
   * Waits until all processes are as they shall be; the time limit of calls applies.
   *
   * @throws RpcException if the call fails
   */
  public void awaitGoals() throws RpcException {
    client.waitAll();
  }
}
