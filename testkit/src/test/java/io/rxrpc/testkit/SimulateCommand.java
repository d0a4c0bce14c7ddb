// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit;

import io.rxrpc.testkit.flip.RxgkFlips;
import io.rxrpc.testkit.life.Simulation;
import io.rxrpc.testkit.memory.ProgramLives;
import io.rxrpc.testkit.path.PathCommand;
import io.rxrpc.testkit.rekey.RxgkLives;
import java.io.IOException;
import java.util.Arrays;

/**
 * {@code ./build simulate --seeds N [--seed S] [--scenario NAME] [--trace]}, or {@code ./build
 * simulate --path} for the figures of whole paths, or {@code ./build simulate --api --seeds N
 * [--seed S] [--replay] [--trace]} for programs written with the public API, or {@code ./build
 * simulate --rxgk --seeds N [--seed S]} for keys of rxgk that move, or {@code ./build simulate
 * --flips N [--seed S]} for calls of rxgk with a flipped bit.
 */
public final class SimulateCommand {
  private SimulateCommand() {}

  /** Runs lives and exits 1 if one fails, or measures paths. */
  public static void main(String[] args) throws IOException, InterruptedException {
    String kind = args.length > 0 ? args[0] : "";
    System.exit(
        switch (kind) {
          case "--path" -> PathCommand.command(Arrays.asList(args).subList(1, args.length));
          case "--rxgk" -> RxgkLives.command(Arrays.asList(args).subList(1, args.length));
          case "--flips" -> RxgkFlips.command(Arrays.asList(args).subList(1, args.length));
          case "--api" -> ProgramLives.command(Arrays.asList(args).subList(1, args.length));
          default -> Simulation.command(args);
        });
  }
}
