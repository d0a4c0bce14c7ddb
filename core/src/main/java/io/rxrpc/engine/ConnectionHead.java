// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.packet.AckTrailer;
import io.rxrpc.engine.table.Timed;
import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Sequence;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a connection's packets bear, and where these go: all that is needed to build
 * one.
 */
abstract class ConnectionHead extends Timed {
  /** The peer's transport address. */
  final InetSocketAddress address;

  final int epoch;

  /** The connection id with channel bits 0. */
  final int cid;

  /** Changes once, when a newer service answers. */
  int serviceId;

  final int securityIndex;

  /** The local address its packets leave from; null: the system's choice. */
  @Nullable InetAddress local;

  private int serial;

  ConnectionHead(InetSocketAddress address, int epoch, int cid, int serviceId, int securityIndex) {
    this.address = address;
    this.epoch = epoch;
    this.cid = cid;
    this.serviceId = serviceId;
    this.securityIndex = securityIndex;
  }

  abstract boolean isClient();

  /** The largest packet that the peer is told it may send. */
  int packetTold(AckTrailer trailer) {
    return trailer.packet(0);
  }

  /** The flag of packets from this side. */
  final int sideFlag() {
    return isClient() ? Flags.CLIENT_INITIATED : 0;
  }

  /** The next serial; 0 means "none" on the wire and is left out. */
  final int nextSerial() {
    serial = Sequence.nextSerial(serial);
    return serial;
  }

  /** The first serial will be the one after this. */
  final void beginSerials(int before) {
    serial = before;
  }

  /** The serial of the last packet sent; 0 for none. */
  final int lastSerial() {
    return serial;
  }

  final ConnectionIdentity identity() {
    return new ConnectionIdentity(epoch, cid, serviceId, securityIndex);
  }
}
