// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.golden;

import io.rxrpc.engine.Call;
import io.rxrpc.engine.Completion;
import io.rxrpc.engine.Counter;
import io.rxrpc.engine.Endpoint;
import io.rxrpc.engine.EngineEvent;
import io.rxrpc.engine.PhaseReader;
import io.rxrpc.engine.PhaseWriter;
import io.rxrpc.engine.Transmission;
import io.rxrpc.engine.packet.BufferPool;
import io.rxrpc.interop.golden.Capture.Datagram;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.tuning.Tunables;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The engine in the place of one program of a capture, with an application that never waits. */
final class EngineSide {
  /** A call with what was read of it and what is still to be written. */
  static final class Handle {
    final Call call;
    final PhaseReader reader;
    @Nullable PhaseWriter writer;
    final ByteArrayOutputStream received = new ByteArrayOutputStream();
    boolean receivedAll;
    private byte @Nullable [] toSend;
    private int sent;

    Handle(Call call) {
      this.call = call;
      reader = new PhaseReader(call);
    }

    Completion completion() {
      Completion c = call.completion();
      if (c == null) {
        throw new AssertionError(call + " is not complete");
      }
      return c;
    }
  }

  final Endpoint endpoint;
  final List<Handle> handles = new ArrayList<>();
  final List<Datagram> sent = new ArrayList<>();
  private final InetSocketAddress local;
  private final Transmission out = new Transmission();
  private final MemorySegment buffer = MemorySegment.ofArray(new byte[65_536]);
  long now;

  EngineSide(InetSocketAddress local) {
    this.local = local;
    endpoint =
        new Endpoint(
            Tunables.defaults(),
            new SplittableRandom(1),
            new BufferPool(Arena.ofAuto(), 16 << 20),
            "golden",
            0);
  }

  void serve(int serviceId) {
    endpoint.addService(serviceId, List.of(NullSecurity.INSTANCE), "golden");
  }

  Handle call(InetSocketAddress to, int serviceId, byte[] request) throws SecurityFailure {
    Handle h = handle(endpoint.open(to, serviceId, NullSecurity.INSTANCE, now));
    write(h, request);
    settle();
    return h;
  }

  void write(Handle h, byte[] bytes) throws SecurityFailure {
    h.toSend = bytes;
    write(h);
  }

  /** Goes on in time, doing what falls due on the way. */
  void advance(long to) throws SecurityFailure {
    while (endpoint.nextTimeout() <= to) {
      now = Math.max(now, endpoint.nextTimeout());
      endpoint.timeout(now);
      settle();
    }
    now = to;
  }

  void receive(InetSocketAddress from, byte[] payload) throws SecurityFailure {
    endpoint.datagram(now, from, null, MemorySegment.ofArray(payload), 0, payload.length);
    settle();
  }

  /** Does what the events ask for and sends all there is. */
  void settle() throws SecurityFailure {
    do {
      for (EngineEvent e = endpoint.poll(); e != null; e = endpoint.poll()) {
        if (e instanceof EngineEvent.OfCall happened) {
          events(happened.call(), happened.call().takeEvents());
        }
      }
      while (endpoint.transmit(now, out)) {
        record(out);
      }
      endpoint.transmitted();
    } while (endpoint.wantsTransmit());
  }

  long count(Counter counter) {
    return endpoint.counters().get(counter);
  }

  private void events(Call call, int events) throws SecurityFailure {
    if ((events & Call.NEW) != 0) {
      call.accept();
      handle(call);
    }
    Handle h = (Handle) call.attachment();
    if (h == null) {
      return;
    }
    read(h);
    if ((events & (Call.WRITABLE | Call.CONNECTED)) != 0) {
      write(h);
    }
    if ((events & Call.COMPLETED) != 0) {
      if (h.writer != null) {
        h.writer.close();
      }
      h.reader.close(now);
      call.release(now);
    }
  }

  private Handle handle(Call call) {
    Handle h = new Handle(call);
    call.attach(h);
    handles.add(h);
    return h;
  }

  private void read(Handle h) throws SecurityFailure {
    while (h.reader.fetch()) {
      int n = h.reader.copy(buffer, 0, (int) buffer.byteSize());
      h.received.write((byte[]) buffer.heapBase().orElseThrow(), 0, n);
      h.reader.release(now);
    }
    h.receivedAll |= h.reader.ended();
  }

  private void write(Handle h) throws SecurityFailure {
    byte[] bytes = h.toSend;
    if (bytes == null) {
      return;
    }
    PhaseWriter writer = h.writer;
    if (writer == null) {
      writer = new PhaseWriter(h.call);
      h.writer = writer;
    }
    while (!writer.ended() && writer.grant(bytes.length - h.sent, now)) {
      h.sent += writer.put(MemorySegment.ofArray(bytes), h.sent, bytes.length - h.sent);
      if (h.sent == bytes.length && !writer.needsGrant()) {
        writer.finish();
      }
      writer.commit(now);
    }
  }

  private void record(Transmission t) {
    for (int at = 0; at < t.length(); at += t.segmentSize()) {
      int n = Math.min(t.segmentSize(), t.length() - at);
      byte[] bytes = t.memory().asSlice(t.offset() + at, n).toArray(ValueLayout.JAVA_BYTE);
      sent.add(new Datagram(now, local, t.to(), bytes));
    }
  }
}
