// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench;

import io.rxrpc.engine.Call;
import io.rxrpc.engine.Endpoint;
import io.rxrpc.engine.EngineEvent;
import io.rxrpc.engine.PhaseReader;
import io.rxrpc.engine.PhaseWriter;
import io.rxrpc.engine.Transmission;
import io.rxrpc.engine.packet.BufferPool;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.tuning.Tunables;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A client and a server engine joined in memory: what the protocol itself costs, without a kernel,
 * a thread or a lock. One thread; time moves by a fixed step.
 */
final class EnginePair implements AutoCloseable {
  private static final int SERVICE = 147;
  private static final long STEP = 20_000;
  private static final InetSocketAddress CLIENT =
      new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 7001);
  private static final InetSocketAddress SERVER =
      new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), 7002);

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment data = arena.allocate(1 << 20);
  private final Transmission transmission = new Transmission();
  private final Endpoint client;
  private final Endpoint server;
  private long now = 1;

  private @Nullable Call served;
  private @Nullable PhaseReader requestReader;
  private @Nullable PhaseWriter replyWriter;

  EnginePair() {
    Tunables tunables = Tunables.defaults();
    client = endpoint(tunables, 1);
    server = endpoint(tunables, 2);
    server.addService(SERVICE, List.of(NullSecurity.INSTANCE), this);
  }

  private Endpoint endpoint(Tunables tunables, long seed) {
    return new Endpoint(
        tunables, new SplittableRandom(seed), new BufferPool(arena, 64 << 20), "bench", now);
  }

  /** One call: {@code request} bytes out, {@code reply} bytes back; returns the bytes received. */
  long call(int request, int reply) throws SecurityFailure {
    Call call = client.open(SERVER, SERVICE, NullSecurity.INSTANCE, now);
    PhaseWriter writer = new PhaseWriter(call);
    PhaseReader reader = new PhaseReader(call);
    int toSend = request;
    int toReply = reply;
    long received = 0;
    while (call.completion() == null || !reader.ended()) {
      toSend -= write(writer, toSend);
      move(client, CLIENT, server);
      Call arrived = accept();
      if (arrived != null) {
        PhaseReader in = requestReader;
        PhaseWriter out = replyWriter;
        if (in != null && out != null) {
          received += read(in);
          if (in.ended()) {
            toReply -= write(out, toReply);
          }
        }
      }
      move(server, SERVER, client);
      received += read(reader);
      now += STEP;
      client.timeout(now);
      server.timeout(now);
    }
    reader.close(now);
    writer.close();
    call.release(now);
    finishServed();
    return received;
  }

  private int write(PhaseWriter writer, int left) throws SecurityFailure {
    int done = 0;
    while (!writer.ended() && writer.grant(left - done, now)) {
      done += writer.put(data, 0, (int) Math.min(left - done, data.byteSize()));
      if (done == left && !writer.needsGrant()) {
        writer.finish();
      }
      writer.commit(now);
    }
    return done;
  }

  private long read(PhaseReader reader) throws SecurityFailure {
    long n = 0;
    while (reader.fetch()) {
      n += reader.copy(data, 0, (int) data.byteSize());
      reader.release(now);
    }
    return n;
  }

  private @Nullable Call accept() {
    for (EngineEvent e = server.poll(); e != null; e = server.poll()) {
      if (e instanceof EngineEvent.OfCall happened
          && (happened.call().takeEvents() & Call.NEW) != 0) {
        Call c = happened.call();
        c.accept();
        served = c;
        requestReader = new PhaseReader(c);
        replyWriter = new PhaseWriter(c);
      }
    }
    return served;
  }

  private void finishServed() {
    Call c = served;
    PhaseReader in = requestReader;
    PhaseWriter out = replyWriter;
    if (c != null && in != null && out != null) {
      in.close(now);
      out.close();
      c.release(now);
      served = null;
    }
    for (EngineEvent e = client.poll(); e != null; e = client.poll()) {
      if (e instanceof EngineEvent.OfCall happened) {
        happened.call().takeEvents();
      }
    }
  }

  private void move(Endpoint from, InetSocketAddress source, Endpoint to) {
    while (from.transmit(now, transmission)) {
      long at = transmission.offset();
      int left = transmission.length();
      while (left > 0) {
        int n = Math.min(left, transmission.segmentSize());
        to.datagram(now, source, null, transmission.memory(), at, n);
        at += n;
        left -= n;
      }
      from.transmitted();
    }
  }

  @Override
  public void close() {
    client.close(-1, now);
    server.close(-1, now);
    arena.close();
  }
}
