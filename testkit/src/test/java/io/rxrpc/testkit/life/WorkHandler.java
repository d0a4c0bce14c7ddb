// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.life;

import io.rxrpc.testkit.Pace;
import io.rxrpc.testkit.SimFailure;
import io.rxrpc.testkit.SimHandler;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Serves one {@link Work}: checks the request as it comes and does what it says. */
final class WorkHandler implements SimHandler {
  private final Ledger ledger;
  private final Object server;
  private final Pace pace;
  private @Nullable Work work;
  private byte[] expected = new byte[0];
  private int checked;

  WorkHandler(Ledger ledger, Object server, Pace pace) {
    this.ledger = ledger;
    this.server = server;
    this.pace = pace;
  }

  @Override
  public Pace pace() {
    return pace;
  }

  @Override
  public @Nullable Answer early(byte[] request, int length) {
    if (length < Work.HEAD) {
      return null;
    }
    Work w = work;
    if (w == null) {
      w = Work.parse(request);
      work = w;
      expected = w.request();
      ledger.begin(server, w.id());
    }
    SimFailure.unless(
        length <= expected.length
            && Arrays.equals(request, checked, length, expected, checked, length),
        "request of call %d differs between %d and %d of %d",
        w.id(),
        checked,
        length,
        expected.length);
    checked = length;
    return switch (w.kind()) {
      case ABORT_EARLY -> Answer.abort(w.abortCode());
      case REPLY_EARLY -> Answer.of(w.reply());
      case NORMAL, ABORT, CLIENT_ABORTS -> null;
    };
  }

  @Override
  public Answer answer(byte[] request) {
    Work w = work;
    SimFailure.unless(
        w != null && request.length == expected.length,
        "request of %d bytes, not %d",
        request.length,
        expected.length);
    if (w == null || w.kind() == Work.Kind.ABORT) {
      return new Answer(null, w == null ? -1 : w.abortCode(), 0, pace);
    }
    ledger.finished();
    return new Answer(w.reply(), 0, w.think(), pace);
  }
}
