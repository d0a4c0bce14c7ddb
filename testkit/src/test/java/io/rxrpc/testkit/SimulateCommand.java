package io.rxrpc.testkit;

import io.rxrpc.testkit.life.Simulation;

/** {@code ./build simulate --seeds N [--seed S] [--scenario NAME] [--trace]}. */
public final class SimulateCommand {
  private SimulateCommand() {}

  /** Runs lives and exits 1 if one fails. */
  public static void main(String[] args) {
    System.exit(Simulation.command(args));
  }
}
