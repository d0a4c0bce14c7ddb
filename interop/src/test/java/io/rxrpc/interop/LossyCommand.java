// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import io.rxrpc.interop.peers.Cell;
import io.rxrpc.interop.peers.Needs.Peer;
import io.rxrpc.interop.peers.Peers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.opentest4j.TestAbortedException;

/**
 * {@code ./build lossy}: 1,000 small calls and 50 MB each way between a Java client and real
 * OpenAFS servers, through relays that lose 5 % of the datagrams of each direction.
 */
public final class LossyCommand {
  private static final String USAGE =
      """
      ./build lossy [--calls N] [--megabytes N] [--parallel N] [--loss PERCENT] [--seed N]
                    [--volume] [--pair]
        --calls N      small calls (1000)
        --megabytes N  stored and fetched, each (50)
        --parallel N   calls and files at a time (8)
        --loss PERCENT of the datagrams of each direction (5)
        --seed N       of losses and data (1)
        --volume       dump the volume of these files and restore it, too
        --pair         the same bulk between two of ours, to compare
      """;

  private int calls = 1000;
  private int megabytes = 50;
  private int parallel = 8;
  private double loss = 5;
  private long seed = 1;
  private boolean volume;
  private boolean pair;

  private LossyCommand() {}

  /** Exit status 0 when no call failed, 1 when one did, 2 for wrong arguments, 3 without a cell. */
  public static void main(String[] args) throws IOException {
    LossyCommand command = new LossyCommand();
    if (!command.parse(args)) {
      System.err.print(USAGE);
      System.exit(2);
    }
    System.exit(command.status());
  }

  private int status() throws IOException {
    try (Peers peers = new Peers()) {
      return run(peers.cell(Peer.CELL)) ? 0 : 1;
    } catch (TestAbortedException e) {
      System.err.println("lossy: " + e.getMessage());
      return 3;
    }
  }

  private boolean parse(String[] args) {
    try {
      for (int i = 0; i < args.length; i++) {
        switch (args[i]) {
          case "--calls" -> calls = Integer.parseInt(args[++i]);
          case "--megabytes" -> megabytes = Integer.parseInt(args[++i]);
          case "--parallel" -> parallel = Integer.parseInt(args[++i]);
          case "--loss" -> loss = Double.parseDouble(args[++i]);
          case "--seed" -> seed = Long.parseLong(args[++i]);
          case "--volume" -> volume = true;
          case "--pair" -> pair = true;
          default -> {
            return false;
          }
        }
      }
      return calls >= 0 && megabytes >= 0 && parallel > 0 && loss >= 0 && loss < 100;
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      return false;
    }
  }

  private boolean run(Cell cell) throws IOException {
    List<LossyPhase> phases = new ArrayList<>();
    long start = System.nanoTime();
    String datagrams;
    try (LossyCell lossy = new LossyCell(cell, loss / 100, seed, parallel)) {
      add(phases, lossy.smallCalls(calls));
      if (megabytes > 0) {
        long bytes = megabytes * 1_000_000L;
        add(phases, lossy.store(bytes, parallel));
        add(phases, lossy.fetch(bytes));
      }
      if (volume) {
        lossy.dumpAndRestore().forEach(phase -> add(phases, phase));
      }
      datagrams = lossy.datagrams();
    }
    if (pair) {
      compare(phases);
    }
    int failed = phases.stream().mapToInt(p -> p.failures().size()).sum();
    System.out.printf(
        Locale.ROOT,
        "lossy: %,d calls, %d failed, %,d bytes of bulk, %.0f s; %s%n",
        phases.stream().mapToInt(LossyPhase::calls).sum(),
        failed,
        phases.stream().mapToLong(LossyPhase::bytes).sum(),
        (System.nanoTime() - start) / 1e9,
        datagrams);
    return failed == 0;
  }

  /** What fails here is told, and counts, too. */
  private void compare(List<LossyPhase> phases) throws IOException {
    long bytes = megabytes * 1_000_000L;
    try (LossyPair ours = new LossyPair(loss / 100, seed, parallel)) {
      add(phases, ours.store(bytes, parallel));
      add(phases, ours.fetch(bytes, parallel));
    }
  }

  private static void add(List<LossyPhase> phases, LossyPhase phase) {
    phases.add(phase);
    System.out.println(phase);
    phase.failures().forEach(line -> System.out.println("  " + line));
  }
}
