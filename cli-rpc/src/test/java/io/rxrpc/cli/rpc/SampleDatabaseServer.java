// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc;

import io.rxrpc.CallAbort;
import io.rxrpc.afs.ubik.UbikDebug;
import io.rxrpc.afs.ubik.UbikSdebug;
import io.rxrpc.afs.ubik.UbikTid;
import io.rxrpc.afs.ubik.UbikVersion;
import io.rxrpc.afs.ubik.Vote;
import io.rxrpc.afs.ubik.VoteService;
import io.rxrpc.rpc.Caller;
import io.rxrpc.rpc.Dispatcher;
import io.rxrpc.xdr.Ints;
import java.util.List;

/**
 * A server of a database that tells a state of its own.
 *
 * @param state its own
 * @param others what it knows of the others
 * @param old whether it is from before there were clones
 */
record SampleDatabaseServer(UbikDebug state, List<UbikSdebug> others, boolean old)
    implements VoteService {
  static final int NOW = 1_900_000_000;
  static final int FIRST = 0xc0000201; // 192.0.2.1
  static final int SECOND = 0xc0000202;

  private static final int NO_MORE = 2;
  private static final UbikVersion VERSION = new UbikVersion(940_902_602, 674);

  /** The sync site of three servers, one of which is down. */
  static SampleDatabaseServer syncSite() {
    UbikDebug state =
        new UbikDebug(
            NOW,
            NOW - 1,
            FIRST,
            1,
            NOW - 2,
            FIRST,
            NOW - 1,
            FIRST,
            NOW - 1,
            VERSION,
            new UbikTid(940_902_602, 17),
            1,
            NOW + 58,
            3,
            4,
            1,
            VERSION,
            1,
            18,
            1,
            1,
            0x0f,
            1,
            1,
            NOW - 129_588,
            Ints.padded(256, FIRST, 0xc6336401));
    return new SampleDatabaseServer(state, List.of(other(SECOND, 1), other(0xc0000203, 0)), false);
  }

  /** Another server than the sync site. */
  static SampleDatabaseServer secondary() {
    UbikDebug state =
        new UbikDebug(
            NOW,
            NOW - 6,
            FIRST,
            1,
            NOW - 6,
            FIRST,
            NOW - 6,
            FIRST,
            NOW - 6,
            VERSION,
            new UbikTid(0, 0),
            0,
            0,
            3,
            0,
            0,
            VERSION,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            Ints.padded(256, SECOND));
    return new SampleDatabaseServer(state, List.of(other(FIRST, 0)), false);
  }

  /** The only one, as it tells its state by what means nothing. */
  static SampleDatabaseServer alone() {
    UbikVersion none = new UbikVersion(0, 0);
    UbikDebug state =
        new UbikDebug(
            NOW,
            0,
            -1,
            0,
            0,
            -1,
            0,
            0,
            0,
            none,
            new UbikTid(0, 0),
            1,
            Integer.MAX_VALUE,
            1,
            0,
            0,
            new UbikVersion(NOW - 60, 3),
            0,
            0,
            0,
            0,
            0x1f,
            0,
            0,
            NOW - 60,
            Ints.padded(256, 0x7f000001));
    return new SampleDatabaseServer(state, List.of(), false);
  }

  SampleDatabaseServer asAnOldOne() {
    return new SampleDatabaseServer(state, others, true);
  }

  private static UbikSdebug other(int host, int up) {
    return new UbikSdebug(
        host,
        up * (NOW - 2),
        NOW - 1,
        up,
        up == 1 ? VERSION : new UbikVersion(0, 0),
        up,
        up,
        up,
        Ints.padded(255, host + 0x100));
  }

  @Override
  public Vote.XDebugResult xDebug(Caller caller) {
    if (old) {
      throw Dispatcher.notServed();
    }
    return new Vote.XDebugResult(state, 0);
  }

  @Override
  public Vote.XSDebugResult xsDebug(Caller caller, int which) {
    if (old) {
      throw Dispatcher.notServed();
    }
    return new Vote.XSDebugResult(sDebug(caller, which), 0);
  }

  @Override
  public UbikDebug debug(Caller caller) {
    return state;
  }

  @Override
  public UbikSdebug sDebug(Caller caller, int which) {
    if (which >= others.size()) {
      throw new CallAbort(NO_MORE);
    }
    return others.get(which);
  }
}
