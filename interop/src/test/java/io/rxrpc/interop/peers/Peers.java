// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.peers;

import io.rxrpc.interop.peers.Needs.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * What a test run has of real programs: each is looked for once, installed where that may be done,
 * and what was started is stopped at the end of the run. What cannot be had skips the tests that
 * need it, with the reason, and says so once more at the end.
 */
public final class Peers implements AutoCloseable {
  /** auto, off, or required. */
  private static final String MODE = System.getProperty("interop", "auto");

  private static final Duration INSTALLATION = Duration.ofMinutes(10);
  private static final List<String> OPENAFS_CLIENTS = List.of("vos", "pts", "bos", "rxdebug");
  private static final List<String> KDC =
      List.of("krb5kdc", "kdb5_util", "kadmin.local", "kinit", "klist", "asetkey");
  private static final List<String> REALMS =
      List.of("krb5kdc", "kdb5_util", "kadmin.local", "kinit", "klist", "aklog", "kcm", "faketime");
  private static final List<String> OPENAFS_SERVERS =
      List.of("vlserver", "ptserver", "fileserver", "volserver", "bosserver");

  private final Path base = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  private final Set<String> skipped = new LinkedHashSet<>();
  private @Nullable SecureCell secureCell;
  private @Nullable String secureCellReason;
  private @Nullable Realms realms;
  private @Nullable String realmsReason;
  private final Map<Peer, Cell> cells = new EnumMap<>(Peer.class);
  private final Map<Peer, String> cellReasons = new EnumMap<>(Peer.class);
  private @Nullable String installReason;
  private boolean installTried;

  /** The script that runs cells and their clients. */
  Path cellScript() {
    return base.resolve("peers/openafs-cell");
  }

  /** Cells of several kinds live side by side, each on an address of its own. */
  public synchronized Cell cell(Peer kind) {
    clients();
    need("OpenAFS's servers", OPENAFS_SERVERS);
    if (!cells.containsKey(kind) && !cellReasons.containsKey(kind)) {
      String auth =
          switch (kind) {
            case DES_CELL -> "des";
            case AES_CELL -> "aeskey";
            default -> "none";
          };
      String folder = auth.equals("none") ? "openafs-cell" : "openafs-cell-" + auth;
      try {
        cells.put(kind, Cell.start(cellScript(), base.resolve("target").resolve(folder), auth));
      } catch (Unavailable e) {
        cellReasons.put(kind, String.valueOf(e.getMessage()));
      }
    }
    Cell cell = cells.get(kind);
    if (cell == null) {
      throw skip("no cell of OpenAFS servers here: " + cellReasons.get(kind));
    }
    return cell;
  }

  synchronized SecureCell secureCell() {
    clients();
    need("OpenAFS's servers", OPENAFS_SERVERS);
    need("MIT Kerberos", KDC);
    if (secureCell == null && secureCellReason == null) {
      try {
        secureCell =
            new SecureCell(
                Cell.start(cellScript(), base.resolve("target/openafs-secure-cell"), "aes"));
      } catch (Unavailable e) {
        secureCellReason = e.getMessage();
      }
    }
    if (secureCell == null) {
      throw skip("no cell of OpenAFS servers with a KDC here: " + secureCellReason);
    }
    return secureCell;
  }

  synchronized Realms realms() {
    need("MIT Kerberos and aklog", REALMS);
    if (realms == null && realmsReason == null) {
      try {
        realms = Realms.start(base.resolve("peers/kerberos-realms"), base.resolve("target/realms"));
      } catch (Unavailable e) {
        realmsReason = e.getMessage();
      }
    }
    if (realms == null) {
      throw skip("no realms of MIT Kerberos here: " + realmsReason);
    }
    return realms;
  }

  /** OpenAFS's commands. */
  synchronized void clients() {
    need("OpenAFS's commands", OPENAFS_CLIENTS);
  }

  synchronized void tshark() {
    need("tshark", List.of("tshark"));
  }

  synchronized void rxgen() {
    need("C's rxgen and a C compiler", List.of("rxgen", "gcc"));
  }

  private void need(String what, List<String> programs) {
    if (MODE.equals("off")) {
      throw skip(what + ": switched off by -Dinterop=off");
    }
    if (!programs.stream().allMatch(Programs::exists)) {
      install();
    }
    List<String> missing = programs.stream().filter(p -> !Programs.exists(p)).toList();
    if (!missing.isEmpty()) {
      throw skip("no " + String.join(", ", missing) + " (" + what + "): " + installReason);
    }
  }

  /** All in one go: each installation takes the lock of the package system. */
  private void install() {
    if (installTried) {
      return;
    }
    installTried = true;
    List<String> command = new ArrayList<>(List.of(base.resolve("peers/install").toString()));
    command.addAll(
        List.of("openafs-dbserver", "openafs-fileserver", "openafs-client", "openafs-krb5"));
    command.addAll(List.of("krb5-kdc", "krb5-admin-server", "krb5-user", "tshark"));
    command.addAll(List.of("heimdal-kcm", "faketime"));
    command.addAll(List.of("libopenafs-dev", "gcc", "libc6-dev"));
    Programs.Result result = Programs.run(INSTALLATION, command);
    List<String> lines = result.lines();
    installReason =
        result.exit() == 0 || lines.isEmpty() ? "installed, but not found" : lines.getLast();
  }

  private RuntimeException skip(String reason) {
    if (MODE.equals("required")) {
      throw new AssertionFailedError("-Dinterop=required, but " + reason);
    }
    skipped.add(reason);
    return new TestAbortedException("SKIPPED: " + reason);
  }

  @Override
  public synchronized void close() throws IOException {
    for (String reason : skipped) {
      System.out.println("interop: SKIPPED tests against real programs: " + reason);
    }
    for (Cell cell : cells.values()) {
      cell.close();
    }
    if (secureCell != null) {
      secureCell.close();
    }
    if (realms != null) {
      realms.close();
    }
  }
}
