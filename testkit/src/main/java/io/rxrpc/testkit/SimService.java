// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit;

import io.rxrpc.engine.Call;
import io.rxrpc.engine.CallState;
import io.rxrpc.engine.Completion;
import io.rxrpc.testkit.SimHandler.Answer;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One call that a simulated server handles: reads the request, thinks, writes the reply. */
final class SimService extends Script {
  private final Supplier<SimHandler> handlers;
  private final SimHandler handler;
  private @Nullable Answer answer;
  private long answerAt;
  private boolean answering;

  SimService(SimEndpoint owner, Call call, Supplier<SimHandler> handlers) {
    this(owner, call, handlers, handlers.get());
  }

  private SimService(
      SimEndpoint owner, Call call, Supplier<SimHandler> handlers, SimHandler handler) {
    super(owner, call, handler.pace());
    this.handlers = handlers;
    this.handler = handler;
  }

  @Override
  void pump(long now) {
    if (ended()) {
      return;
    }
    Completion completion = completion();
    if (completion != null) {
      end(now);
      return;
    }
    if (answer == null) {
      pumpReader(now);
      if (answer == null && completion() == null && reader.ended()) {
        byte[] request = Arrays.copyOf(received(), receivedLength());
        for (int i = 1; i < owner.saboteur().handlings(); i++) {
          SimHandler another = handlers.get();
          another.early(request, request.length);
          another.answer(request);
        }
        decide(handler.answer(request), now);
      }
    }
    Answer a = answer;
    if (a == null || now < answerAt) {
      return;
    }
    if (!answering) {
      answering = true;
      if (a.reply() == null) {
        call.abort(a.abortCode(), now);
        end(now);
        return;
      }
      write(a.reply(), a.pace());
    }
    pumpWriter(now);
    if (call.state() == CallState.SERVER_AWAIT_ACK || completion() != null) {
      end(now);
    }
  }

  @Override
  void progressed(long now) {
    if (answer == null) {
      Answer early = handler.early(received(), receivedLength());
      if (early != null) {
        decide(early, now);
      }
    }
  }

  private void decide(Answer a, long now) {
    stopReading();
    answer = a;
    answerAt = now + a.think();
  }

  @Override
  long wakeAt() {
    long wake = super.wakeAt();
    return answer != null && !answering && !ended() ? Math.min(wake, answerAt) : wake;
  }
}
