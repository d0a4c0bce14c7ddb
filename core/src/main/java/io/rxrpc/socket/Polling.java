// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import io.rxrpc.driver.Hold;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.EnumSet;
import java.util.Set;

/** Finds out, or waits for, what a socket is ready for. */
final class Polling {
  private Polling() {}

  static EnumSet<PollEvent> events(CallTable table) throws ClosedChannelException {
    CallTable.Over over = table.over();
    if (over == CallTable.Over.CLOSED) {
      throw new ClosedChannelException();
    }
    EnumSet<PollEvent> events = EnumSet.noneOf(PollEvent.class);
    if (over == CallTable.Over.FAILED) {
      events.add(PollEvent.ERR);
    } else if (over == CallTable.Over.SHUT) {
      events.add(PollEvent.HUP);
    }
    if (table.inbox.firstFree() != null) {
      events.add(PollEvent.IN);
    }
    if (over == null && table.sendReady()) {
      events.add(PollEvent.OUT);
    }
    return events;
  }

  /** What is waited for: ERR and HUP whatever was asked. */
  static EnumSet<PollEvent> wanted(Set<PollEvent> interest) {
    EnumSet<PollEvent> wanted = EnumSet.of(PollEvent.ERR, PollEvent.HUP);
    wanted.addAll(interest);
    return wanted;
  }

  static Set<PollEvent> await(CallTable table, Hold hold, Set<PollEvent> interest, long deadline)
      throws IOException {
    EnumSet<PollEvent> wanted = wanted(interest);
    SocketWaiter waiter = new SocketWaiter(table.driver.time());
    while (true) {
      EnumSet<PollEvent> now = events(table);
      now.retainAll(wanted);
      if (!now.isEmpty() || Deadline.expired(deadline, table.driver.time())) {
        return now;
      }
      waiter.reset();
      table.pollers.add(waiter);
      try {
        waiter.await(hold, deadline);
      } finally {
        table.pollers.remove(waiter);
      }
    }
  }
}
