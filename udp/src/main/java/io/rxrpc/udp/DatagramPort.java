// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An unconnected UDP socket that moves batches. Obtained from {@link DatagramPorts#open}.
 *
 * <p>Threads: one thread at a time may receive, one at a time may send, and the two may be
 * different and run at once. {@link #wakeup()}, {@link #errors}, {@link #close()} and the getters
 * may be called from any thread.
 *
 * <p>After {@link #close()} the data calls fail with {@link
 * java.nio.channels.ClosedChannelException}.
 */
public interface DatagramPort extends AutoCloseable {

  /**
   * Waits for datagrams and fills the batch, which is cleared first. The memory of the entries
   * belongs to the port and is valid until the next receive or close; it must not be written to.
   *
   * <p>Returns early with 0 after {@link #wakeup()} and when errors are to be fetched by {@link
   * #errors}. After {@link #send} found the send buffer full, it also returns 0 once there is room
   * again. Every return, with or without datagrams, consumes the wake-ups made before it: look at
   * whatever the waker left for you after each return. Errors are announced once; as a busy port
   * may return datagrams all the time, call {@link #errors} after every return. It is cheap when
   * there are none.
   *
   * @param batch filled with up to its capacity of entries
   * @param timeoutNanos how long to wait, in nanoseconds; 0 polls, a negative value waits for ever
   * @return the number of entries; 0 on timeout, wake-up, room in the send buffer or pending errors
   * @throws IllegalStateException when it would have to wait on a virtual thread, whose carrier it
   *     would pin
   * @throws java.nio.channels.ClosedChannelException when the port is closed, before or meanwhile
   */
  int receive(ReceiveBatch batch, long timeoutNanos) throws IOException;

  /**
   * Makes the blocked receive return, or the next one return without waiting. Any thread. Cheap
   * when repeated before the receiver has noticed, and when the receiver does not wait. Does
   * nothing on a closed port.
   */
  void wakeup();

  /**
   * Sends the entries from {@code from} to the end of the batch. Never blocks. The memory of the
   * entries must stay alive and unchanged until this returns; afterwards it is the caller's again.
   *
   * <p>Entries leave in order. An entry that fails for its own reason is reported by {@link
   * #errors} as {@link PortError.Kind#LOCAL} and skipped, with all its datagrams that had not left.
   * When the send buffer is full (EAGAIN, or the device's queue: ENOBUFS, ENOMEM), the index of the
   * first entry not taken is returned: call again with the same batch and that index. A train of
   * which a part has left is remembered in the batch as the rest of it.
   *
   * @param batch the datagrams
   * @param from the first datagram that goes
   * @return the index of the first entry not taken, or {@code batch.size()}
   * @throws java.nio.channels.ClosedChannelException when the port is closed
   */
  int send(SendBatch batch, int from) throws IOException;

  /**
   * Gives the errors noticed by receive and send so far to the sink, and forgets them. At most 1024
   * wait here; more are dropped. On a closed port there are none. Any thread.
   *
   * @param sink takes them
   * @return how many were given
   */
  int errors(Consumer<PortError> sink);

  /** {@return the address bound to, with the port the system chose} */
  InetSocketAddress localAddress();

  /** {@return which implementation this is} */
  PortKind kind();

  /** {@return whether the system cuts trains: then they cost it little more than one datagram} */
  boolean segments();

  /** {@return whether it heeds what {@link SendBatch#add} says of fragmentation} */
  boolean forbidsFragmentation();

  /**
   * What the interface towards a peer carries in one piece, IP and UDP headers included. Looked up
   * when the first datagram comes to a local address, and kept: this is cheap and never blocks.
   *
   * @param local the address that the peer's datagrams come to, as {@link ReceiveBatch#local} says;
   *     null if unknown
   * @param peer where the peer is
   * @return bytes, or 0 when the port cannot tell
   */
  default int interfaceMtu(@Nullable InetAddress local, InetAddress peer) {
    return 0;
  }

  /**
   * {@return the socket receive buffer as got, in bytes and in the unit that was asked in: Linux
   * reports twice the value and uses the other half for its own bookkeeping}
   */
  int receiveBufferSize();

  /** {@return the socket send buffer as got, in bytes; see {@link #receiveBufferSize()}} */
  int sendBufferSize();

  /**
   * Closes the port: makes a blocked receive fail with ClosedChannelException, waits until the
   * calls under way have left, and frees the memory. Any thread; repeated calls do nothing.
   */
  @Override
  void close();
}
