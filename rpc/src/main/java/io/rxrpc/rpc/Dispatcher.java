// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import io.rxrpc.AbortCode;
import io.rxrpc.CallAbort;
import io.rxrpc.CallHandler;
import io.rxrpc.ServerCall;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.SecurityRefusal;
import io.rxrpc.xdr.XdrDecoder;
import io.rxrpc.xdr.XdrException;
import io.rxrpc.xdr.XdrLimits;
import io.rxrpc.xdr.XdrReader;
import io.rxrpc.xdr.XdrWriter;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Serves the procedures of a package: reads the opcode, asks who may call, reads the parameters,
 * runs the procedure, and writes its results, or aborts with its code and writes nothing.
 *
 * <table>
 * <caption>What a call is aborted with</caption>
 * <tr><td>a request without a whole opcode</td><td>RXGEN_DECODE (-454)</td></tr>
 * <tr><td>an opcode that is nobody's</td><td>RXGEN_OPCODE (-455)</td></tr>
 * <tr><td>a caller who may not</td><td>what its security class says, as RXKADNOAUTH, RXKADLEVELFAIL</td></tr>
 * <tr><td>parameters that cannot be decoded</td><td>RXGEN_SS_UNMARSHAL (-453)</td></tr>
 * <tr><td>a {@link CallAbort} of the procedure</td><td>its code</td></tr>
 * <tr><td>anything else it throws</td><td>RX_USER_ABORT (-6)</td></tr>
 * <tr><td>results that cannot be encoded</td><td>RXGEN_SS_MARSHAL (-452)</td></tr>
 * </table>
 *
 * <p>The connection lives on in all cases. Immutable and safe for all threads.
 */
public final class Dispatcher implements CallHandler {
  private static final System.Logger LOG = System.getLogger("io.rxrpc.call");

  /** Reads the parameters of a procedure. */
  @FunctionalInterface
  public interface Plain {
    /**
     * Reads them in the order of their declaration and returns what is to be done with them.
     *
     * @param in where it is read from
     * @return the run
     * @throws IOException if it cannot be read or written
     */
    Run decode(XdrReader in) throws IOException;
  }

  /** Runs a procedure whose parameters were read. */
  @FunctionalInterface
  public interface Run {
    /**
     * {@return the results}
     *
     * @param caller who calls
     * @throws Exception what fails
     */
    Parameters run(Caller caller) throws Exception;
  }

  /** Reads the parameters of a split procedure. */
  @FunctionalInterface
  public interface Split {
    /**
     * Reads them in the order of their declaration and returns what is to be done with them.
     *
     * @param in where it is read from
     * @return the run split
     * @throws IOException if it cannot be read or written
     */
    RunSplit decode(XdrReader in) throws IOException;
  }

  /** Runs a split procedure whose parameters were read. */
  @FunctionalInterface
  public interface RunSplit {
    /**
     * {@return the results}
     *
     * @param call the call
     * @throws Exception what fails
     */
    Parameters run(ServedSplit call) throws Exception;
  }

  /** Exactly one of the two is there. */
  private record Entry(Procedure procedure, @Nullable Plain plain, @Nullable Split split) {}

  private final String name;
  private final Map<Integer, Entry> entries;
  private final Requirements requirements;
  private final XdrLimits limits;
  private final Trailing trailing;

  private Dispatcher(
      String name,
      Map<Integer, Entry> entries,
      Requirements requirements,
      XdrLimits limits,
      Trailing trailing) {
    this.name = name;
    this.entries = entries;
    this.requirements = requirements;
    this.limits = limits;
    this.trailing = trailing;
  }

  /**
   * {@return a dispatcher for the procedures of a package, {@code SAMPLE_}}
   *
   * @param name the name
   */
  public static Builder of(String name) {
    return new Builder(name);
  }

  /**
   * With these requirements instead.
   *
   * @param other the other
   * @return a copy with these requirements instead
   * @throws IllegalArgumentException if one is about a procedure that is not here
   */
  public Dispatcher requiring(Requirements other) {
    for (int opcode : other.opcodes()) {
      if (!entries.containsKey(opcode)) {
        throw new IllegalArgumentException(
            name + " has no procedure with opcode " + Integer.toUnsignedString(opcode));
      }
    }
    return new Dispatcher(name, entries, other, limits, trailing);
  }

  /** With every procedure for clients that were verified, on connections of at least this level. */
  @Override
  public Dispatcher requiring(SecurityLevel level) {
    return requiring(level, peer -> true);
  }

  /**
   * With one requirement for every procedure.
   *
   * @param permits asked for each call, in the handler's thread, so it may block
   */
  @Override
  public Dispatcher requiring(SecurityLevel level, Predicate<PeerIdentity> permits) {
    Requirements all = Requirements.NONE;
    for (Entry entry : entries.values()) {
      all = all.require(entry.procedure(), level, permits);
    }
    return requiring(all);
  }

  /**
   * With other limits for what the parameters of a request may hold.
   *
   * @param other the other
   * @return a copy with other limits for what the parameters of a request may hold
   */
  public Dispatcher limits(XdrLimits other) {
    return new Dispatcher(name, entries, requirements, other, trailing);
  }

  /**
   * With another policy for what follows the last parameter; split calls have data there.
   *
   * @param other the other
   * @return a copy with another policy for what follows the last parameter; split calls have data
   *     there
   */
  public Dispatcher trailing(Trailing other) {
    return new Dispatcher(name, entries, requirements, limits, other);
  }

  /** {@return thrown by a procedure that a service does not have: the same as an unknown opcode} */
  public static CallAbort notServed() {
    return new CallAbort(AbortCode.OPCODE);
  }

  @Override
  public void handle(ServerCall call) throws Exception {
    XdrReader in = XdrReader.of(call.request(), limits);
    Entry entry = entries.get(opcode(in));
    if (entry == null) {
      throw new CallAbort(AbortCode.OPCODE);
    }
    permit(call, entry.procedure());
    Caller caller = new Caller(call, entry.procedure());
    Parameters results = run(entry, caller, call, in);
    call.endReply(encode(caller, results));
  }

  private Parameters run(Entry entry, Caller caller, ServerCall call, XdrReader in)
      throws Exception {
    Plain plain = entry.plain();
    if (plain != null) {
      return decode(caller, in, plain::decode, trailing).run(caller);
    }
    Split split = Objects.requireNonNull(entry.split(), "split");
    RunSplit run = decode(caller, in, split::decode, Trailing.IGNORE);
    return run.run(new ServedSplit(caller, in.stream(), new ReplyData(call.reply())));
  }

  private static int opcode(XdrReader in) throws IOException {
    try {
      return in.int32("opcode");
    } catch (XdrException e) {
      throw new CallAbort(GeneratedCodes.NO_OPCODE);
    }
  }

  /** Denied by default as soon as one procedure requires something. */
  private void permit(ServerCall call, Procedure procedure) {
    SecurityRefusal refusal = requirements.refusal(procedure, call.identity(), call.level());
    if (refusal != null) {
      LOG.log(DEBUG, () -> procedure + " refused to " + call.client() + ": " + refusal);
      throw new CallAbort(call.abortCode(refusal));
    }
  }

  private static <T> T decode(Caller caller, XdrReader in, XdrDecoder<T> parameters, Trailing rest)
      throws IOException {
    try {
      T decoded = parameters.decode(in);
      if (rest == Trailing.REFUSE) {
        in.end("");
      }
      return decoded;
    } catch (XdrException e) {
      LOG.log(DEBUG, () -> caller + " has no good parameters: " + e.getMessage());
      throw new CallAbort(GeneratedCodes.SERVER_DECODE);
    }
  }

  private static byte[] encode(Caller caller, Parameters results) throws IOException {
    XdrWriter out = new XdrWriter();
    try {
      results.encode(out);
    } catch (XdrException e) {
      LOG.log(
          WARNING,
          () ->
              "the results of "
                  + caller
                  + " are out of their bounds, and it is aborted with "
                  + GeneratedCodes.SERVER_ENCODE
                  + ": "
                  + e.getMessage());
      throw new CallAbort(GeneratedCodes.SERVER_ENCODE);
    }
    return out.toByteArray();
  }

  /** Collects procedures. */
  public static final class Builder {
    private final String name;
    private final Map<Integer, Entry> entries = new HashMap<>();

    private Builder(String name) {
      this.name = Objects.requireNonNull(name, "name");
    }

    /**
     * Adds a procedure.
     *
     * @param procedure the procedure
     * @param plain answers the procedure
     * @return a copy of it
     * @throws IllegalArgumentException if its opcode is taken
     */
    public Builder plain(Procedure procedure, Plain plain) {
      return add(new Entry(procedure, Objects.requireNonNull(plain, "plain"), null));
    }

    /**
     * Adds a split procedure.
     *
     * @param procedure the procedure
     * @param split answers the procedure
     * @return a copy of it
     * @throws IllegalArgumentException if its opcode is taken
     */
    public Builder split(Procedure procedure, Split split) {
      return add(new Entry(procedure, null, Objects.requireNonNull(split, "split")));
    }

    private Builder add(Entry entry) {
      Entry had = entries.putIfAbsent(entry.procedure().opcode(), entry);
      if (had != null) {
        throw new IllegalArgumentException(
            entry.procedure() + " has the opcode of " + had.procedure());
      }
      return this;
    }

    /** {@return the dispatcher, without requirements, with the default limits} */
    public Dispatcher build() {
      return new Dispatcher(
          name, Map.copyOf(entries), Requirements.NONE, XdrLimits.DEFAULT, Trailing.IGNORE);
    }
  }
}
