// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.driver.CallWatcher;
import io.rxrpc.driver.Wakeups;
import io.rxrpc.engine.Call;
import io.rxrpc.engine.Completion;
import io.rxrpc.engine.PhaseReader;
import io.rxrpc.engine.PhaseWriter;
import io.rxrpc.engine.SealRefusal;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.udp.Errno;
import io.rxrpc.wire.AbortCodes;
import org.jspecify.annotations.Nullable;

/**
 * A call that has a tag. Under the driver's lock, but for copying by the one who reads or writes.
 */
final class SocketCall implements CallWatcher {
  /** No length was announced. */
  static final long UNKNOWN = -1;

  final long tag;
  final Call call;
  final PhaseReader reader;
  final PhaseWriter writer;
  private final CallTable table;

  /** Threads that wait to send on this call. */
  final WaitList senders = new WaitList();

  /** A thread is in {@code recvmsg} with it; it alone takes its messages. */
  boolean reading;

  /** Who that is, while it waits for more. */
  @Nullable SocketWaiter moreWanted;

  /** A thread is in {@code sendmsg} with it. */
  boolean writing;

  /** The tag is free: nothing of the call is ever delivered again. */
  boolean gone;

  /** No data of the call is to be delivered any more: it was aborted here. */
  boolean dataOver;

  /** Entries in the inbox. */
  int messages;

  /** Data bytes that the phase will have in all. */
  long announced = UNKNOWN;

  long sent;
  private int queuedTo;
  private @Nullable Completion end;
  private @Nullable RxrpcAddress address;

  SocketCall(CallTable table, long tag, Call call) {
    this.table = table;
    this.tag = tag;
    this.call = call;
    reader = new PhaseReader(call);
    writer = new PhaseWriter(call);
    dataOver = call.completion() != null;
    call.attach(this);
  }

  /** The other end and the service. */
  RxrpcAddress address() {
    RxrpcAddress a = address;
    if (a == null || a.serviceId() != call.serviceId()) {
      a = new RxrpcAddress(call.peer(), call.serviceId());
      address = a;
    }
    return a;
  }

  @Override
  public void happened(int events, long now, Wakeups wakeups) {
    if (gone) {
      return;
    }
    Completion how = call.completion();
    boolean aborted = how != null && how.kind() == Completion.Kind.LOCAL_ABORT;
    if (!aborted && !dataOver && call.received() != queuedTo) {
      queuedTo = call.received();
      table.inbox.data(this, queuedTo);
      table.arrivedFor(this, wakeups);
    }
    if (how != null && end == null) {
      if (aborted) {
        dropData(); // as the engine has done
      }
      if (!(how.ok() && call.isClient())) { // else EOR goes with the last of the data
        ended(how, wakeups);
      }
    }
    if ((events & (Call.WRITABLE | Call.CONNECTED | Call.COMPLETED)) != 0) {
      senders.wakeAll(wakeups);
      table.writable(wakeups);
    }
  }

  /** The terminal message is queued: the first reason counts, and there is never another one. */
  private void ended(Completion how, Wakeups wakeups) {
    if (end == null) {
      end = how;
      table.inbox.append(new Inbox.Entry(Inbox.Kind.END, this, null));
      table.arrivedFor(this, wakeups);
    }
  }

  /**
   * Data is not what its security says: the call ends here. For the engine it may have ended well
   * before, when all of its packets had come; then the reader's verdict is how it ended.
   */
  void cannotUnseal(SecurityFailure why, long now, Wakeups wakeups) {
    Completion how = SealRefusal.end(call, why, now);
    // recvmsg tells of it by ABORT with the code that the peer gets, as Linux does
    refused(
        how.kind() == Completion.Kind.LOCAL_ERROR
            ? new Completion(
                Completion.Kind.LOCAL_ABORT, how.abortCode(), how.errno(), how.reason())
            : how,
        wakeups);
  }

  /** Data cannot be sealed, as its key was revoked for example: the call ends here. */
  void cannotSeal(SecurityFailure why, long now, Wakeups wakeups) {
    refused(SealRefusal.end(call, why, now), wakeups);
  }

  private void refused(Completion how, Wakeups wakeups) {
    dropData();
    end = end == null ? null : how; // the message that waits tells of it
    ended(how, wakeups);
  }

  /** How it ended for the application; null while its terminal message is not queued. */
  @Nullable Completion end() {
    return end;
  }

  /** What the last message of the call says, or null for nothing but the end itself. */
  static @Nullable ControlMessage terminal(Completion end, boolean client) {
    return switch (end.kind()) {
      case SUCCESS -> client ? null : new ControlMessage.Ack();
      case REMOTE_ABORT, LOCAL_ABORT -> new ControlMessage.Abort(end.abortCode());
      case NETWORK_ERROR -> new ControlMessage.NetError(end.errno());
      case BUSY -> new ControlMessage.Busy();
      case LOCAL_ERROR ->
          end.errno() == Errno.ETIME.number()
              ? new ControlMessage.Abort(AbortCodes.RX_CALL_TIMEOUT) // as Linux has it
              : new ControlMessage.LocalError(end.errno());
    };
  }

  /** Forgets the data that waits; the end stays. */
  private void dropData() {
    dataOver = true;
    table.inbox.discardData(this);
  }

  /** Lets go of the call; whoever is copying finishes first. Its tag has been freed. */
  void letGo(long now, Wakeups wakeups) {
    gone = true;
    dataOver = true;
    table.inbox.discard(this);
    if (!reading) {
      reader.close(now);
    }
    if (!writing) {
      writer.close();
    }
    call.release(now);
    senders.wakeAll(wakeups);
    SocketWaiter w = moreWanted;
    if (w != null) {
      w.wake(wakeups);
    }
  }

  void endReading(long now) {
    reading = false;
    if (gone) {
      reader.close(now);
    }
  }

  void endWriting(Wakeups wakeups) {
    writing = false;
    if (gone) {
      writer.close();
    }
    senders.wakeAll(wakeups);
  }
}
