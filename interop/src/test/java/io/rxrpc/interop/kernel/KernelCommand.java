// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.kernel;

import io.rxrpc.interop.kernel.Trial.Protection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code ./build kernel}: calls between this library and Linux's AF_RXRPC, both ways, and between
 * two kernels for comparison. It runs in a network namespace of its own.
 */
public final class KernelCommand {
  private static final String USAGE =
      """
      ./build kernel [--guest uml|qemu] [--only PART,...] [--quick]
                     [--octets N,...] [--at-once N,...] [--table FILE]
        --guest KIND   uml: user-mode Linux, native speed; qemu: the distribution's kernel,
                       emulated. Both unless it is said
        --only PARTS   of uml: matrix, errors, ipv6, fresh, handshake, holes, pauses, restarts,
                       loss, bulk; of qemu: matrix, pauses
        --octets N,... --at-once N,...
                       of the matrix these sizes and numbers of calls only
        --quick        fewer sizes, numbers and rounds: to see whether all of it works
        --table FILE   put the tables into FILE, as docs/reliability.md
      """;
  private static final Trial LONG_CALLS = new Trial(20_000_000, Protection.NONE, 1, 2);
  private static final Trial SHORT_CALLS = new Trial(500_000, Protection.NONE, 1, 8);
  private static final int ROUNDS = 9;
  private static final int LOSSY_ROUNDS = 31;
  private static final int ONE_PERCENT = 10;
  private static final Integer NO_NUMBER = -1;
  private static final List<Integer> FEW_OCTETS = List.of(0, 3000);
  private static final List<Integer> FEW_AT_ONCE = List.of(1, 16);

  private final Report report = new Report();
  private final Path scripts;
  private List<String> guests = List.of("uml", "qemu");
  private Set<String> only = Set.of();
  private List<Integer> octets = List.of();
  private List<Integer> atOnce = List.of();
  private boolean quick;
  private @Nullable Path table;

  private KernelCommand(Path scripts) {
    this.scripts = scripts;
  }

  /** Exit status 0 when nothing was worse than between two kernels, 1 when something was. */
  public static void main(String[] args) throws IOException {
    KernelCommand command =
        new KernelCommand(Path.of(System.getProperty("rxrpc.kernel")).toAbsolutePath());
    if (!command.parse(args)) {
      System.err.print(USAGE);
      System.exit(2);
    }
    System.exit(command.run() ? 0 : 1);
  }

  private boolean parse(String[] args) {
    List<String> left = new ArrayList<>(List.of(args));
    quick = left.remove("--quick");
    while (left.size() >= 2) {
      String value = left.remove(1);
      switch (left.removeFirst()) {
        case "--guest" -> guests = List.of(value);
        case "--only" -> only = Set.of(value.split(",", -1));
        case "--octets" -> octets = numbers(value);
        case "--at-once" -> atOnce = numbers(value);
        case "--table" -> table = Path.of(value);
        default -> {
          return false;
        }
      }
    }
    return left.isEmpty()
        && !octets.contains(NO_NUMBER)
        && !atOnce.contains(NO_NUMBER)
        && List.of("uml", "qemu").containsAll(guests);
  }

  private static List<Integer> numbers(String value) {
    return Arrays.stream(value.split(",", -1))
        .map(n -> n.matches("[0-9]{1,8}") ? Integer.valueOf(n) : NO_NUMBER)
        .toList();
  }

  /** What was asked for, or else those of a quick run, or else all. */
  private List<Integer> choice(List<Integer> asked, List<Integer> few, List<Integer> all) {
    if (!asked.isEmpty()) {
      return asked;
    }
    return quick ? few : all;
  }

  private boolean wanted(String part) {
    return only.isEmpty() || only.contains(part);
  }

  private boolean run() throws IOException {
    for (String guest : guests) {
      if (guest.equals("uml")) {
        uml();
      } else {
        qemu();
      }
      if (table != null) {
        report.write(table);
      }
    }
    return report.good();
  }

  private void uml() throws IOException {
    try (Guest one = Guest.boot(scripts, "uml1");
        Guest two = Guest.boot(scripts, "uml2");
        KernelServer kernel = new KernelServer(one);
        OurServer server = new OurServer()) {
      Column kernels = Column.kernel(two, kernel.served());
      Columns columns =
          new Columns(
              Column.ours(kernel.served()), Column.kernel(one, server.served()), kernels, kernels);
      if (wanted("matrix")) {
        report.table("`uml`: no fault, levels none, clear, auth, encrypt");
        new Matrix(columns, report::row)
            .run(
                choice(octets, FEW_OCTETS, List.of(0, 5, 1412, 3000, 65_536, 1_000_000)),
                choice(atOnce, FEW_AT_ONCE, List.of(1, 4, 16, 100)));
      }
      report.table("`uml`: what goes wrong");
      faults(new Faults(columns, report::row));
      if (wanted("restarts")) {
        restarts(columns, kernel);
      }
      if (wanted("bulk")) {
        bulk(new Bulk(one, two, server.address()));
      }
    }
  }

  private void faults(Faults faults) throws IOException {
    if (wanted("errors")) {
      faults.errors();
    }
    if (wanted("ipv6")) {
      faults.ipv6();
    }
    if (wanted("fresh")) {
      faults.freshConnections(quick ? 2 : 20);
    }
    if (wanted("handshake")) {
      faults.handshake();
    }
    if (wanted("holes")) {
      faults.holes();
    }
    if (wanted("pauses")) {
      faults.pauses();
    }
    if (wanted("loss")) {
      faults.randomLoss();
    }
  }

  private void restarts(Columns columns, KernelServer kernel) throws IOException {
    Faults faults = new Faults(columns, report::row);
    Faults.Restart ofKernel =
        new Faults.Restart() {
          @Override
          public void stop() {
            kernel.stop();
          }

          @Override
          public void start() throws IOException {
            kernel.start();
          }
        };
    Result to = faults.restart(columns.toKernel(), ofKernel);
    Result kernels = faults.restart(columns.kernelsTo(), ofKernel);
    Result from;
    try (OurServer.Restartable ours = new OurServer.Restartable()) {
      Column column =
          new Column(columns.fromKernel().caller(), columns.fromKernel().forger(), ours.served());
      from = faults.restart(column, ours);
    }
    report.row(new Row("the server is started again", to, from, kernels, kernels));
  }

  private void bulk(Bulk bulk) throws IOException {
    bulk.rates("", LONG_CALLS, 2, Bulk.Setting.NONE); // for the JVM to get warm
    report.say("");
    report.say("| bulk data, one call at a time | to us, MB/s | kernel to kernel | ratio |");
    report.say("|--|--:|--:|--:|");
    report.rates(bulk.rates("", LONG_CALLS, quick ? 3 : ROUNDS, Bulk.Setting.NONE));
    report.rates(
        bulk.rates(
            ", 1 % lost both ways",
            SHORT_CALLS, quick ? 3 : LOSSY_ROUNDS, Bulk.Setting.loss(ONE_PERCENT)));
  }

  private void qemu() throws IOException {
    try (Guest one = Guest.boot(scripts, "qemu1");
        Guest two = Guest.boot(scripts, "uml2");
        KernelServer kernel = new KernelServer(one);
        KernelServer other = new KernelServer(two);
        OurServer server = new OurServer()) {
      Columns columns =
          new Columns(
              Column.ours(kernel.served()),
              Column.kernel(one, server.served()),
              Column.kernel(two, kernel.served()),
              Column.kernel(one, other.served()));
      report.table("`qemu`: no fault, levels none, clear, auth, encrypt");
      if (wanted("matrix")) {
        new Matrix(columns, report::row)
            .run(
                choice(octets, FEW_OCTETS, List.of(0, 5, 3000, 1_000_000)),
                choice(atOnce, List.of(1), List.of(1, 16)));
      }
      if (wanted("pauses")) {
        new Faults(columns, report::row).pauses();
      }
    }
  }
}
