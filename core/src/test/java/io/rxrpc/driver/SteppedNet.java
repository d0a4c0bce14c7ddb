// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import io.rxrpc.machine.Surroundings;
import io.rxrpc.machine.Threads;
import io.rxrpc.machine.Time;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.udp.ReceiveBatch;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Drivers without threads on a network of its own, in time of its own: one thread does everything
 * in turn, so that a whole life of sockets replays from a seed and a minute of silence takes no
 * time. Sockets on it must not block.
 */
public final class SteppedNet {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  /** What becomes of a datagram on its way. */
  public interface Road {
    /** It may arrive once, several times, late, changed, or not at all. */
    void carry(byte[] datagram, Arrival arrival);
  }

  /** Lets a datagram arrive. */
  public interface Arrival {
    /** So many nanoseconds after it was sent. */
    void after(long nanos, byte[] datagram);
  }

  private record Flight(
      long at, long order, InetSocketAddress from, InetSocketAddress to, byte[] bytes) {}

  private static final class Node {
    final SteppedPort port;
    final EndpointDriver driver;
    final PriorityQueue<Flight> arriving =
        new PriorityQueue<>(Comparator.comparingLong(Flight::at).thenComparingLong(Flight::order));
    final ReceiveBatch batch = new ReceiveBatch();
    long deadline;

    /** Its loop would have ended. */
    boolean over;

    Node(SteppedPort port, EndpointDriver driver) {
      this.port = port;
      this.driver = driver;
    }

    long next() {
      Flight first = arriving.peek();
      if (driver.end() != null) {
        return over ? Long.MAX_VALUE : 0;
      }
      return port.woken ? 0 : Math.min(deadline, first == null ? Long.MAX_VALUE : first.at());
    }
  }

  /** Cryptography waits here for its turn: not under the lock, and before time goes on. */
  private static final class Later extends AbstractExecutorService {
    final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private boolean down;

    @Override
    public void execute(Runnable task) {
      tasks.add(task);
    }

    @Override
    public void shutdown() {
      down = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
      down = true;
      List<Runnable> left = new ArrayList<>(tasks);
      tasks.clear();
      return left;
    }

    @Override
    public boolean isShutdown() {
      return down;
    }

    @Override
    public boolean isTerminated() {
      return down;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return down;
    }
  }

  /** Nobody waits: the one thread does everything in turn. */
  private final class Stepped implements Time {
    @Override
    public long nanoTime() {
      return now;
    }

    @Override
    public InstantSource wallClock() {
      return InstantSource.system();
    }

    @Override
    public boolean goesOn() {
      return false;
    }

    @Override
    public void park(Object blocker) {
      throw new IllegalStateException("a stepped driver does not wait for " + blocker);
    }

    @Override
    public void parkNanos(Object blocker, long nanos) {
      park(blocker);
    }

    @Override
    public void unpark(@Nullable Thread thread) {
      LockSupport.unpark(thread);
    }
  }

  /** There are no threads; what would run in some waits here. */
  private record Hands(Later later) implements Threads {
    @Override
    public Thread thread(String name, boolean daemon, Runnable task) {
      return Thread.ofVirtual().name(name).unstarted(task);
    }

    @Override
    public void join(Thread thread) throws InterruptedException {
      thread.join();
    }

    @Override
    public Executor handlers() {
      return later;
    }

    @Override
    public ExecutorService workers(String name) {
      return later;
    }
  }

  private final Time time = new Stepped();
  private final Random random;
  private final Road road;
  private final List<Node> nodes = new ArrayList<>();
  private final List<Later> later = new ArrayList<>();
  private long now = 1_000_000_000L;
  private long sent;

  /**
   * @param random of the drivers; the same seed makes the same life
   * @param road what happens to datagrams
   */
  public SteppedNet(Random random, Road road) {
    this.random = random;
    this.road = road;
  }

  /** One more driver, at a port of its own. */
  public EndpointDriver open(Tunables tunables) {
    InetSocketAddress address = new InetSocketAddress(LOOPBACK, 7000 + nodes.size());
    SteppedPort port = new SteppedPort(this, address, random.nextBoolean());
    Later tasks = new Later();
    later.add(tasks);
    EndpointDriver driver =
        EndpointDriver.stepped(
            new DriverOptions(address, null, false, tunables, "stepped", null),
            port,
            Surroundings.machine().withTime(time).withRandom(random).withThreads(new Hands(tasks)));
    nodes.add(new Node(port, driver));
    return driver;
  }

  /** A port fails at the next packet that is to leave from it. */
  public void fail(InetSocketAddress at) {
    for (Node node : nodes) {
      node.port.broken |= node.port.localAddress().equals(at);
    }
  }

  /** The time that drivers go by. */
  public Time time() {
    return time;
  }

  /** What time it is, in nanoseconds. */
  public long now() {
    return now;
  }

  void send(InetSocketAddress from, InetSocketAddress to, byte[] datagram) {
    for (Node node : nodes) {
      if (node.port.localAddress().equals(to)) {
        road.carry(
            datagram,
            (nanos, bytes) -> node.arriving.add(new Flight(now + nanos, sent++, from, to, bytes)));
      }
    }
  }

  /** Lets every driver do what is to be done now. */
  public void settle() throws IOException {
    boolean again = true;
    while (again) {
      again = false;
      for (Node node : nodes) {
        if (node.next() <= now) {
          turn(node);
          again = true;
        }
      }
      for (Later tasks : later) {
        for (Runnable task = tasks.tasks.poll(); task != null; task = tasks.tasks.poll()) {
          task.run();
          again = true;
        }
      }
    }
  }

  private void turn(Node node) throws IOException {
    if (node.driver.end() != null) {
      node.over = true;
      node.driver.settle(); // as a loop does at its end
      return;
    }
    node.port.woken = false;
    node.batch.clear();
    for (Flight f = node.arriving.peek();
        f != null && f.at() <= now && node.batch.count() < node.batch.capacity();
        f = node.arriving.peek()) {
      node.arriving.remove();
      MemorySegment memory = MemorySegment.ofArray(f.bytes());
      node.batch.add(f.from(), null, memory, 0, f.bytes().length, f.bytes().length);
    }
    long idle = node.driver.turn(node.batch);
    node.deadline = idle < 0 ? Long.MAX_VALUE : now + idle;
  }

  /** Goes on to the next moment at which something happens; false if nothing ever will. */
  public boolean advance() {
    long next = Long.MAX_VALUE;
    for (Node node : nodes) {
      next = Math.min(next, node.next());
    }
    if (next == Long.MAX_VALUE) {
      return false;
    }
    now = Math.max(now, next);
    return true;
  }
}
