// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.afs.BuiltInService;
import io.rxrpc.afs.error.AfsErrors;
import io.rxrpc.rpc.Procedure;
import io.rxrpc.rpc.RpcAbortException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which procedures of a service were called at a real server, and why the others were not. In the
 * end every procedure stands on one of the two lists.
 */
final class CallLedger {
  private static final Pattern OPCODE = Pattern.compile("\\)(?: split| multi)? = (\\d+);");

  private final BuiltInService service;
  private final Set<Integer> called = new TreeSet<>();
  private final Map<Integer, String> notCalled = new TreeMap<>();

  CallLedger(BuiltInService service) {
    this.service = service;
  }

  /** A call that has a result. */
  interface Call<T> {
    T make() throws Exception;
  }

  /** A call that has none. */
  interface Order {
    void make() throws Exception;
  }

  /** Makes a call, which must go well. */
  <T> T call(Procedure procedure, Call<T> call) throws Exception {
    T result = call.make();
    called.add(procedure.opcode());
    return result;
  }

  /** The same without a result. */
  void order(Procedure procedure, Order order) throws Exception {
    order.make();
    called.add(procedure.opcode());
  }

  /** Makes a call that the server must refuse; the name of its code, or the number without one. */
  String refused(Procedure procedure, Order order) throws Exception {
    try {
      order.make();
    } catch (RpcAbortException e) {
      assertThat(e.procedure()).isEqualTo(procedure);
      called.add(procedure.opcode());
      String name = AfsErrors.describe(e.code()).name();
      return name.isEmpty() ? String.valueOf(e.code()) : name;
    }
    throw new AssertionError(procedure + " was not refused");
  }

  /** Leaves one out. */
  void leave(Procedure procedure, String reason) {
    assertThat(reason).isNotBlank();
    notCalled.put(procedure.opcode(), reason);
  }

  /** Nothing is forgotten, and nothing is on both lists. */
  void close() {
    Set<Integer> all = new TreeSet<>();
    OPCODE
        .matcher(service.description())
        .results()
        .forEach(m -> all.add(Integer.valueOf(m.group(1))));
    assertThat(called).noneMatch(notCalled::containsKey);
    Set<Integer> listed = new TreeSet<>(called);
    listed.addAll(notCalled.keySet());
    assertThat(listed).isEqualTo(all);
  }
}
