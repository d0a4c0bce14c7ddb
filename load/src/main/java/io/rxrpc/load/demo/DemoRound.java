// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.demo;

import io.rxrpc.CallOptions;
import io.rxrpc.CallTimeoutException;
import io.rxrpc.ClientCall;
import io.rxrpc.NetworkErrorException;
import io.rxrpc.RemoteAbortException;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.cli.frame.Progress;
import io.rxrpc.cli.text.DurationText;
import io.rxrpc.cli.text.SizeText;
import io.rxrpc.load.data.ChecksumServices;
import io.rxrpc.load.data.DemoData;
import io.rxrpc.udp.Errno;
import io.rxrpc.udp.PortKind;
import io.rxrpc.wire.AbortCodes;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Everything the demo shows, over one address family. Each step answers with a sentence. */
final class DemoRound {
  static final CallOptions PATIENT = CallOptions.DEFAULT.timeout(Duration.ofSeconds(60));

  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final int CHUNK = 64 << 10;
  private static final int ECHOES = 100;

  private final RxrpcEndpoint client;
  private final InetSocketAddress server;
  private final Progress progress;
  private final CallOptions options;

  DemoRound(
      RxrpcEndpoint client, InetSocketAddress server, Progress progress, CallOptions options) {
    this.options = options;
    this.client = client;
    this.server = server;
    this.progress = progress;
  }

  /** A step: what happened in a sentence, or an exception saying what should have. */
  interface Step {
    String run() throws Exception;
  }

  /** Something came out otherwise than it should. */
  static final class Unexpected extends Exception {
    private static final long serialVersionUID = 1L;

    Unexpected(String message) {
      super(message);
    }
  }

  String echo() throws IOException, Unexpected {
    byte[] text = "hello".getBytes(StandardCharsets.US_ASCII);
    long first = 0;
    long best = Long.MAX_VALUE;
    for (int i = 0; i < ECHOES; i++) {
      long start = System.nanoTime();
      byte[] reply = client.call(at(DemoServer.ECHO), text, options);
      long nanos = System.nanoTime() - start;
      if (!Arrays.equals(reply, text)) {
        throw new Unexpected("another reply came back");
      }
      first = i == 0 ? nanos : first;
      best = Math.min(best, nanos);
    }
    return "\"hello\" came back in "
        + DurationText.format(first)
        + ", when repeated in "
        + DurationText.format(best);
  }

  String send(long size) throws IOException, Unexpected {
    long start = System.nanoTime();
    CRC32C checksum = new CRC32C();
    try (ClientCall call = client.begin(at(DemoServer.SINK), options)) {
      DemoData data = new DemoData(size);
      long done = 0;
      for (int n = data.next(); n > 0; n = data.next()) {
        checksum.update(data.bytes(), 0, n);
        call.write(data.bytes(), 0, n);
        done += n;
        show("sending", done, size);
      }
      call.endRequest();
      compare(call.readAll(CHUNK), size, checksum);
    }
    return rate(size, System.nanoTime() - start);
  }

  String receive(long size) throws IOException, Unexpected {
    long start = System.nanoTime();
    CRC32C checksum = new CRC32C();
    try (ClientCall call = client.begin(at(DemoServer.SOURCE), options)) {
      byte[] chunk = new byte[CHUNK];
      ByteBuffer.wrap(chunk).putLong(size);
      call.write(chunk, 0, Long.BYTES);
      call.endRequest();
      long done = 0;
      while (done < size) {
        int n = call.read(chunk, 0, (int) Math.min(CHUNK, size - done));
        if (n < 0) {
          throw new Unexpected("the data ended after " + done + " bytes");
        }
        checksum.update(chunk, 0, n);
        done += n;
        show("receiving", done, size);
      }
      compare(call.readAll(CHUNK), size, checksum);
    }
    return rate(size, System.nanoTime() - start);
  }

  String parallel(int calls) throws Exception {
    CountDownLatch ready = new CountDownLatch(1);
    CountDownLatch running = new CountDownLatch(calls);
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    for (int i = 0; i < calls; i++) {
      byte[] request = ("call number " + i).getBytes(StandardCharsets.US_ASCII);
      Thread.ofVirtual()
          .name("demo-" + i)
          .start(
              () -> {
                try {
                  ready.await();
                  byte[] reply = client.call(at(DemoServer.GATHER), request, options);
                  if (!Arrays.equals(reply, request)) {
                    throw new Unexpected("a call got another call's reply");
                  }
                } catch (Exception e) {
                  failure.compareAndSet(null, e);
                } finally {
                  running.countDown();
                }
              });
    }
    long start = System.nanoTime();
    ready.countDown();
    running.await();
    long nanos = System.nanoTime() - start;
    Exception e = failure.get();
    if (e != null) {
      throw e;
    }
    return String.format(
        Locale.ROOT,
        "all in the server at one moment, all answered, in %s: %,.0f calls/s",
        DurationText.format(nanos),
        calls * 1e9 / nanos);
  }

  String abort() throws IOException, Unexpected {
    return "the server said no: " + aborted(DemoServer.REFUSE, DemoServer.CODE);
  }

  String unknownService() throws IOException, Unexpected {
    return "nobody serves it: " + aborted(DemoServer.UNKNOWN, AbortCodes.RX_INVALID_OPERATION);
  }

  String closedPort() throws IOException, Unexpected {
    int port;
    try (DatagramSocket free = new DatagramSocket(0, server.getAddress())) {
      port = free.getLocalPort();
    }
    InetAddress host = server.getAddress();
    RxrpcAddress nobody = new RxrpcAddress(new InetSocketAddress(host, port), DemoServer.ECHO);
    long start = System.nanoTime();
    try {
      client.call(nobody, new byte[0], CallOptions.DEFAULT.timeout(SHORT));
    } catch (NetworkErrorException e) {
      if (e.errno() == Errno.ECONNREFUSED) {
        return "ECONNREFUSED after " + DurationText.format(System.nanoTime() - start);
      }
      throw e;
    } catch (CallTimeoutException e) {
      if (client.portKind() == PortKind.NIO) {
        return "no answer within 1 s; the nio port cannot see that ICMP refused it";
      }
      throw e;
    }
    throw new Unexpected("something answered at port " + port);
  }

  private String aborted(int service, int code) throws IOException, Unexpected {
    try {
      client.call(at(service), new byte[4], options);
    } catch (RemoteAbortException e) {
      if (e.code().value() == code) {
        return e.code().toString();
      }
      throw e;
    }
    throw new Unexpected("a reply came, and no abort");
  }

  RxrpcAddress at(int service) {
    return new RxrpcAddress(server, service);
  }

  private void show(String what, long done, long size) {
    if (progress.isShown() && (done & ((8 << 20) - 1)) == 0) {
      progress.show(
          String.format(
              Locale.ROOT, "%s %s of %s", what, SizeText.format(done), SizeText.format(size)));
    }
  }

  private static void compare(byte[] summary, long size, CRC32C checksum) throws Unexpected {
    if (!Arrays.equals(summary, ChecksumServices.summary(size, checksum))) {
      throw new Unexpected("the checksum is wrong");
    }
  }

  private static String rate(long bytes, long nanos) {
    return String.format(
        Locale.ROOT,
        "%,.0f MB/s, in %s, checksum right",
        bytes * 1e3 / nanos,
        DurationText.format(nanos));
  }
}
