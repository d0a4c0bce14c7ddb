// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc.sample;

import static io.rxrpc.rpc.sample.SampleConstants.SAMPLE_NAMELEN;

import io.rxrpc.rpc.Caller;
import io.rxrpc.rpc.Dispatcher;
import io.rxrpc.rpc.Parameters;
import io.rxrpc.rpc.ServedSplit;
import java.util.List;

/** Serves {@code SAMPLE_}. */
public interface SampleService {
  /** {@code SAMPLE_Add} (501). */
  default int add(Caller caller, int a, int b) throws Exception {
    throw Dispatcher.notServed();
  }

  /** {@code SAMPLE_Divide} (502). */
  default Sample.DivideResult divide(Caller caller, int dividend, int divisor) throws Exception {
    throw Dispatcher.notServed();
  }

  /** {@code SAMPLE_Locate} (503). */
  default SampleEntry locate(Caller caller, String name) throws Exception {
    throw Dispatcher.notServed();
  }

  /** {@code SAMPLE_GetTime} (504). */
  default int getTime(Caller caller) throws Exception {
    throw Dispatcher.notServed();
  }

  /** {@code SAMPLE_Store} (505). */
  default long store(ServedSplit call, long length) throws Exception {
    throw Dispatcher.notServed();
  }

  /** {@code SAMPLE_Ping} (506). */
  default void ping(Caller caller) throws Exception {
    throw Dispatcher.notServed();
  }

  /** {@code SAMPLE_Fetch} (507). */
  default long fetch(ServedSplit call, long length) throws Exception {
    throw Dispatcher.notServed();
  }

  /** {@code SAMPLE_List} (508). */
  default List<SampleNode> list(Caller caller, int count) throws Exception {
    throw Dispatcher.notServed();
  }

  /** {@code SAMPLE_Judge} (509). */
  default SampleOutcome judge(Caller caller, SampleOutcome outcome) throws Exception {
    throw Dispatcher.notServed();
  }

  /** A handler of calls that asks this for each of them. */
  default Dispatcher dispatcher() {
    return Dispatcher.of("SAMPLE_")
        .plain(
            Sample.ADD,
            in -> {
              int a = in.int32("a");
              int b = in.int32("b");
              return caller -> {
                int sum = add(caller, a, b);
                return out -> out.int32(sum);
              };
            })
        .plain(
            Sample.DIVIDE,
            in -> {
              int dividend = in.int32("dividend");
              int divisor = in.int32("divisor");
              return caller -> divide(caller, dividend, divisor)::encode;
            })
        .plain(
            Sample.LOCATE,
            in -> {
              String name = in.string("name", SAMPLE_NAMELEN);
              return caller -> {
                SampleEntry entry = locate(caller, name);
                return out -> out.struct("entry", entry, SampleEntry::encode);
              };
            })
        .plain(
            Sample.GET_TIME,
            in ->
                caller -> {
                  int seconds = getTime(caller);
                  return out -> out.int32(seconds);
                })
        .split(
            Sample.STORE,
            in -> {
              long length = in.int64("length");
              return call -> {
                long stored = store(call, length);
                return out -> out.int64(stored);
              };
            })
        .plain(
            Sample.PING,
            in ->
                caller -> {
                  ping(caller);
                  return Parameters.NONE;
                })
        .split(
            Sample.FETCH,
            in -> {
              long length = in.int64("length");
              return call -> {
                long fetched = fetch(call, length);
                return out -> out.int64(fetched);
              };
            })
        .plain(
            Sample.LIST,
            in -> {
              int count = in.int32("count");
              return caller -> {
                List<SampleNode> list = list(caller, count);
                return out -> out.chain("list", list, SampleNode::encode);
              };
            })
        .plain(
            Sample.JUDGE,
            in -> {
              SampleOutcome outcome = in.struct("outcome", SampleOutcome::decode);
              return caller -> {
                SampleOutcome judged = judge(caller, outcome);
                return out -> out.struct("outcome", judged, SampleOutcome::encode);
              };
            })
        .build();
  }
}
