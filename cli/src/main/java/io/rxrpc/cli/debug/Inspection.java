// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.debug;

import io.rxrpc.DebugKind;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.RxrpcException;
import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.wire.DebugConnection;
import io.rxrpc.wire.DebugPeer;
import io.rxrpc.wire.DebugRequest;
import io.rxrpc.wire.DebugStats;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.RxStatistics;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Questions to one Rx server or client about itself, as rxdebug puts them. */
final class Inspection {
  /** The version letter of the oldest servers that can be understood (wire.md 8). */
  private static final int OLDEST = 'L';

  private final RxrpcEndpoint endpoint;
  private final InetSocketAddress address;
  private final String name;
  private final Duration timeout;
  private @Nullable Figures figures;

  /**
   * @param name the peer, for messages
   * @param timeout for each answer
   */
  Inspection(RxrpcEndpoint endpoint, InetSocketAddress address, String name, Duration timeout) {
    this.endpoint = endpoint;
    this.address = address;
    this.name = name;
    this.timeout = timeout;
  }

  /** The figures of the whole; the letter among them says what else may be asked, and how. */
  Figures figures() throws CommandFailure, RxrpcException {
    Figures known = figures;
    if (known == null) {
      MemorySegment p = ask(DebugKind.STATS, 0, DebugStats.SPARE, DebugStats.RECORD, "figures");
      known = Figures.of(p);
      if (known.version() < OLDEST || known.version() > 'z') {
        throw strange("a version letter " + known.version() + ", none of L..S");
      }
      figures = known;
    }
    return known;
  }

  /** Its counters of packets. */
  PacketCounters counters() throws CommandFailure, RxrpcException {
    if (!DebugStats.hasAllConnections(figures().version())) {
      throw tooOld("counters");
    }
    return PacketCounters.of(
        ask(DebugKind.STATISTICS, 0, RxStatistics.RECORD - 16, RxStatistics.RECORD, "counters"));
  }

  /**
   * A connection.
   *
   * @param all whether those without calls count, too
   * @return null behind the last one
   */
  @Nullable ConnectionInfo connection(int index, boolean all)
      throws CommandFailure, RxrpcException {
    int version = figures().version();
    if (all && !DebugStats.hasAllConnections(version)) {
      throw tooOld("connections without calls; leave --all out");
    }
    DebugKind kind = all ? DebugKind.ANY_CONNECTION : DebugKind.CONNECTION;
    MemorySegment p =
        ask(kind, index, DebugConnection.SECURITY_TYPE, DebugConnection.RECORD, "connections");
    if (DebugConnection.isEnd(p, 0)) {
      return null;
    }
    if (!DebugStats.hasAllConnections(version)) {
      DebugConnection.align(p, 0);
    }
    return ConnectionInfo.of(p);
  }

  /** A peer; null behind the last one. */
  @Nullable PeerInfo peer(int index) throws CommandFailure, RxrpcException {
    if (!DebugStats.hasPeers(figures().version())) {
      throw tooOld("peers");
    }
    MemorySegment p = ask(DebugKind.PEER, index, DebugPeer.IN_SKEW, DebugPeer.RECORD, "peers");
    return DebugPeer.isEnd(p, 0) ? null : PeerInfo.of(p);
  }

  /** A record behind room for a header; what the server is too old to send is zero. */
  private MemorySegment ask(DebugKind kind, int index, int least, int record, String what)
      throws CommandFailure, RxrpcException {
    byte[] payload = endpoint.debug(address, kind, index, timeout);
    MemorySegment p = MemorySegment.ofArray(new byte[Header.LENGTH + Math.max(record, 8)]);
    int length = Math.min(payload.length, record);
    MemorySegment.copy(MemorySegment.ofArray(payload), 0, p, Header.LENGTH, length);
    if (DebugRequest.isBadType(p, 0, Header.LENGTH + payload.length)) {
      throw tooOld(what);
    }
    if (payload.length < least) {
      throw strange(payload.length + " bytes, where there should be " + record);
    }
    return p;
  }

  private CommandFailure tooOld(String what) {
    return new CommandFailure(ExitCode.NETWORK, name + " does not tell of its " + what);
  }

  private CommandFailure strange(String what) {
    return new CommandFailure(
        ExitCode.NETWORK, name + " answered with " + what + ": it is no Rx server as OpenAFS's");
  }
}
