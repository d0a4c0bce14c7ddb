package io.rxrpc.driver;

import java.security.SecureRandom;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What a driver takes from the machine besides its port. A simulation has others, so that whatever
 * is above the driver runs in time of its own and replays from a seed.
 *
 * @param clock monotonic, in nanoseconds; what blocks goes by the machine's all the same
 * @param random cryptographically strong in earnest
 * @param security makes the threads for cryptography, from a name
 */
record Surroundings(
    LongSupplier clock, RandomGenerator random, Function<String, ExecutorService> security) {
  /** The machine's own. */
  static Surroundings machine() {
    return new Surroundings(System::nanoTime, new SecureRandom(), SecurityWorkers::threads);
  }
}
