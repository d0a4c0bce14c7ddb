// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import io.rxrpc.engine.Call;
import io.rxrpc.engine.DebugReply;
import io.rxrpc.engine.Endpoint;
import io.rxrpc.engine.EngineEvent;
import io.rxrpc.engine.OpenChallenge;
import io.rxrpc.engine.SecurityTask;
import io.rxrpc.engine.Service;
import io.rxrpc.engine.VersionReply;
import io.rxrpc.udp.PortError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes what has happened out of the engine and finds whom it concerns. Used under the lock. */
final class Events implements EngineEvents {
  private final EngineRoom room;
  private final Endpoint engine;
  private final CallRegistry registry;
  private final Questions questions;
  private final SecurityWorkers workers;
  private final List<CallHost> hosts = new ArrayList<>();
  private @Nullable Thread quietWaiter;

  Events(
      EngineRoom room,
      Endpoint engine,
      CallRegistry registry,
      Questions questions,
      SecurityWorkers workers) {
    this.room = room;
    this.engine = engine;
    this.registry = registry;
    this.questions = questions;
    this.workers = workers;
  }

  List<CallHost> hosts() {
    return hosts;
  }

  @Override
  public void collect(long now, boolean over, Wakeups wakeups) {
    for (EngineEvent event = engine.poll(); event != null; event = engine.poll()) {
      switch (event) {
        case EngineEvent.OfCall happened -> happened(happened.call(), now, wakeups);
        case EngineEvent.Work(SecurityTask task) -> work(task, now, over, wakeups);
        case EngineEvent.Challenged(OpenChallenge challenge) -> {
          if (challenge.owner() instanceof CallHost host) {
            host.challenged(challenge, wakeups);
          }
        }
        case EngineEvent.VersionTold(VersionReply reply) -> questions.replied(reply, wakeups);
        case EngineEvent.DebugTold(DebugReply reply) -> {
          questions.replied(reply, wakeups);
          for (CallHost host : hosts) {
            host.debugged(reply, wakeups);
          }
        }
      }
    }
    if (quietWaiter != null && isQuiet()) {
      wakeQuiet(wakeups);
    }
  }

  private void happened(Call call, long now, Wakeups wakeups) {
    int events = call.takeEvents();
    if (call.attachment() instanceof DriverCall handle) {
      handle.happened(events, wakeups);
    } else if (call.attachment() instanceof CallWatcher watcher) {
      watcher.happened(events, now, wakeups);
    } else {
      arrived(call, events, now, wakeups);
    }
  }

  private void work(SecurityTask task, long now, boolean over, Wakeups wakeups) {
    boolean taken = !over && workers.submit(task);
    if (task.outlives()) {
      if (!taken) {
        wakeups.step(task);
      }
    } else if (!over && !taken) {
      task.finish(now);
    }
  }

  private void arrived(Call call, int events, long now, Wakeups wakeups) {
    Service service = call.service();
    if (call.completion() != null || service == null) {
      boolean taken =
          service != null
              && service.owner() instanceof CallHost host
              && host.failed(call, now, wakeups);
      if (!taken) {
        call.release(now); // it ended before anybody could take it
      }
    } else if ((events & Call.NEW) == 0) {
      return; // data before its security is settled
    } else if (service.owner() instanceof CallHost host) {
      host.arrived(call, events, now, wakeups);
    } else {
      call.accept();
      DriverCall handle = new DriverCall(room, registry, call);
      registry.add(handle);
      handle.in.fetch();
      wakeups.arrived(handle);
    }
  }

  /** Whether no call is left, and no handler. */
  boolean isQuiet() {
    return engine.liveCalls() == 0 && registry.served() == 0;
  }

  /** A thread waits for the last call to end; null: not any more. */
  void awaitQuiet(@Nullable Thread thread) {
    quietWaiter = thread;
  }

  @Override
  public void refused(PortError error, Wakeups wakeups) {
    questions.failed(error, wakeups);
  }

  @Override
  public void wakeAll(Wakeups wakeups) {
    registry.forEach(call -> call.ended(wakeups));
    hosts.forEach(host -> host.ended(wakeups));
    questions.wakeAll(wakeups);
    wakeQuiet(wakeups);
  }

  private void wakeQuiet(Wakeups wakeups) {
    Thread thread = quietWaiter;
    if (thread != null) {
      quietWaiter = null;
      wakeups.unpark(thread);
    }
  }
}
