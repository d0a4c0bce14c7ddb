package io.rxrpc.interop.kernel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
      ./build kernel [--guest uml|qemu] [--only PART,...] [--table FILE]
        --guest KIND   uml: user-mode Linux, native speed; qemu: the distribution's kernel,
                       emulated. Both unless it is said
        --only PARTS   of uml: matrix, errors, ipv6, fresh, handshake, holes, pauses, restarts,
                       loss, bulk; of qemu: matrix, pauses
        --table FILE   put the tables into FILE, as docs/reliability.md
      """;
  private static final int BULK = 20_000_000;
  private static final int BULK_LOSSY = 1_000_000;
  private static final int ROUNDS = 7;

  private final Report report = new Report();
  private final Path scripts;
  private List<String> guests = List.of("uml", "qemu");
  private Set<String> only = Set.of();
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
    while (left.size() >= 2) {
      String value = left.remove(1);
      switch (left.removeFirst()) {
        case "--guest" -> guests = List.of(value);
        case "--only" -> only = Set.of(value.split(",", -1));
        case "--table" -> table = Path.of(value);
        default -> {
          return false;
        }
      }
    }
    return left.isEmpty() && List.of("uml", "qemu").containsAll(guests);
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
            .run(List.of(0, 5, 1412, 3000, 65_536, 1_000_000), List.of(1, 4, 16, 100));
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
      faults.freshConnections(20);
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
    bulk.rates("", BULK, 2, false); // for the JVM to get warm
    report.say("");
    report.say("| bulk data, one call at a time | to us, MB/s | kernel to kernel | ratio |");
    report.say("|--|--:|--:|--:|");
    report.rates(bulk.rates("", BULK, ROUNDS, false));
    Loss.during(
        10, () -> report.rates(bulk.rates(", 1 % lost both ways", BULK_LOSSY, ROUNDS, true)));
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
        new Matrix(columns, report::row).run(List.of(0, 5, 3000, 1_000_000), List.of(1, 16));
      }
      if (wanted("pauses")) {
        new Faults(columns, report::row).pauses();
      }
    }
  }
}
