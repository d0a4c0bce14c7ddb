// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.machine;

import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * What an endpoint or a socket takes from the machine it runs on: everything it does besides
 * computing. Given others, it runs elsewhere: on ports that are no UDP, or, as in {@code
 * io.rxrpc.testkit.memory}, in a time of its own in which a whole program replays from a seed. The
 * parts belong together: threads of one kind must be able to wait by the time.
 *
 * <pre>{@code
 * RxrpcEndpoint.builder().surroundings(Surroundings.machine().withPorts(tunnel::open)).open();
 * }</pre>
 *
 * @param ports where datagrams come from and go to
 * @param time the clocks, and every wait
 * @param random draws what others must not guess: in earnest it must be cryptographically strong
 *     . Safe for all threads
 * @param threads the threads that an endpoint starts by itself
 */
public record Surroundings(Ports ports, Time time, RandomGenerator random, Threads threads) {
  /** Checks that all parts are there. */
  public Surroundings {
    Objects.requireNonNull(ports, "ports");
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(random, "random");
    Objects.requireNonNull(threads, "threads");
  }

  /**
   * {@return the machine's own: UDP, the system's clocks, a strong random source, threads of the
   * JVM}
   */
  public static Surroundings machine() {
    return Machine.SURROUNDINGS;
  }

  /**
   * With other ports.
   *
   * @param others the others
   * @return a copy with other ports
   */
  public Surroundings withPorts(Ports others) {
    return new Surroundings(others, time, random, threads);
  }

  /**
   * With another time.
   *
   * @param other the other
   * @return a copy with another time
   */
  public Surroundings withTime(Time other) {
    return new Surroundings(ports, other, random, threads);
  }

  /**
   * With another random source.
   *
   * @param other the other
   * @return a copy with another random source
   */
  public Surroundings withRandom(RandomGenerator other) {
    return new Surroundings(ports, time, other, threads);
  }

  /**
   * With other threads.
   *
   * @param others the others
   * @return a copy with other threads
   */
  public Surroundings withThreads(Threads others) {
    return new Surroundings(ports, time, random, others);
  }
}
