// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import static io.rxrpc.afs.bos.BosConstants.BSTAT_NORMAL;
import static io.rxrpc.afs.bos.BosConstants.BSTAT_SHUTDOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.afs.BuiltInService;
import io.rxrpc.afs.bos.BosProcess;
import io.rxrpc.afs.bos.Bozo;
import io.rxrpc.afs.bos.BozoClient;
import io.rxrpc.afs.bos.BozoKey;
import io.rxrpc.afs.bos.BozoNetKTime;
import io.rxrpc.afs.bos.Overseer;
import io.rxrpc.interop.peers.Cell;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import io.rxrpc.rpc.SplitCall;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.xdr.Octets;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every procedure of the real overseer that leaves it as it was. */
@Needs(Peer.DES_CELL)
class TypedBosIT {
  private String name;
  private String installed;
  private Path script;
  private Path log;

  @ParameterizedTest
  @EnumSource(names = {"CLEAR", "ENCRYPT"})
  void everyProcedureIsCalledButThoseThatCannotBeUndone(SecurityLevel level, Cell cell)
      throws Exception {
    CallLedger ledger = new CallLedger(BuiltInService.BOS);
    try (TypedCell typed = new TypedCell(cell, level)) {
      BozoClient bos = new BozoClient(typed.at(BuiltInService.BOS));
      name = "typed." + level;
      installed = "/usr/afs/local/" + name;
      program();
      processes(ledger, bos, cell);
      lists(ledger, bos, cell);
      keys(ledger, bos, level);
      files(ledger, bos);
      BozoNetKTime time = ledger.call(Bozo.GET_RESTART_TIME, () -> bos.getRestartTime(1));
      ledger.order(Bozo.SET_RESTART_TIME, () -> bos.setRestartTime(1, time));
      assertThat(bos.getRestartTime(1)).isEqualTo(time);
      assertThat(ledger.call(Bozo.GET_RESTRICTED_MODE, bos::getRestrictedMode)).isZero();
      ledger.order(Bozo.SET_NO_AUTH_FLAG, () -> bos.setNoAuthFlag(0));
      ledger.leave(Bozo.SET_RESTRICTED_MODE, "only the server's own machine can take it back");
      ledger.leave(Bozo.RE_BOZO, "the overseer would start itself anew, out of the cell's hands");
    }
    ledger.close();
  }

  /** A process that says when it runs: one that is stopped before may not hear of it. */
  private void program() throws Exception {
    Path folder = Files.createTempDirectory("typed");
    log = Files.createFile(folder.resolve("log"));
    script = folder.resolve("script");
    Files.writeString(script, "echo run >>" + log + "\nexec sleep 10000\n");
  }

  private String command() {
    return "/bin/sh " + script;
  }

  private void awaitRun(BozoClient bos, int times) throws Exception {
    bos.waitAll();
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (Files.readAllLines(log).size() < times) {
      assertThat(System.nanoTime() - end).as("it is started").isNegative();
      Thread.onSpinWait();
    }
  }

  private void processes(CallLedger ledger, BozoClient bos, Cell cell) throws Exception {
    ledger.order(
        Bozo.CREATE_BNODE,
        () -> bos.createBnode("simple", name, command(), "", "", "", "", "__NONOTIFIER__"));
    assertThat(
            ledger.refused(
                Bozo.CREATE_BNODE,
                () -> bos.createBnode("simple", name, "/bin/true", "", "", "", "", "")))
        .isEqualTo("BZEXISTS");
    ledger.order(Bozo.WAIT_ALL, bos::waitAll);
    awaitRun(bos, 1);
    assertThat(ledger.call(Bozo.ENUMERATE_INSTANCE, () -> bos.enumerateInstance(0))).isNotEmpty();
    assertThat(ledger.call(Bozo.GET_STATUS, () -> bos.getStatus(name)).intStat()).isOne();
    assertThat(ledger.call(Bozo.GET_INSTANCE_INFO, () -> bos.getInstanceInfo(name)).type())
        .isEqualTo("simple");
    assertThat(ledger.call(Bozo.GET_INSTANCE_PARM, () -> bos.getInstanceParm(name, 0)))
        .isEqualTo(command());
    assertThat(
            ledger.call(Bozo.GET_INSTANCE_STRINGS, () -> bos.getInstanceStrings(name)).errorName())
        .isEmpty();
    Overseer overseer = new Overseer(bos);
    BosProcess process = overseer.process(name);
    assertThat(process.state()).isEqualTo(BosProcess.State.RUNNING);
    assertThat(process.commands()).containsExactly(command());
    assertThat(overseer.processNames()).contains(name);
    String host = cell.address().getHostAddress();
    assertThat(cell.bos("status", host, "-long").ok().out())
        .contains("Instance " + name + ", (type is simple) ", "Command 1 is '" + command() + "'");

    int starts = process.starts();
    ledger.order(Bozo.RESTART, () -> bos.restart(name));
    awaitRun(bos, 2);
    assertThat(overseer.process(name).starts()).isEqualTo(starts + 1);
    ledger.order(Bozo.SET_T_STATUS, () -> bos.setTStatus(name, BSTAT_SHUTDOWN));
    bos.waitAll();
    assertThat(overseer.process(name).state()).isEqualTo(BosProcess.State.STOPPED);
    ledger.order(Bozo.STARTUP_ALL, bos::startupAll);
    awaitRun(bos, 3);
    ledger.order(Bozo.RESTART_ALL, bos::restartAll);
    awaitRun(bos, 4);
    ledger.order(Bozo.SHUTDOWN_ALL, bos::shutdownAll);
    bos.waitAll();
    assertThat(overseer.process(name).state()).isEqualTo(BosProcess.State.STOPPED);
    bos.startupAll();
    awaitRun(bos, 5);
    ledger.order(Bozo.SET_STATUS, () -> bos.setStatus(name, BSTAT_NORMAL));
    assertThat(ledger.refused(Bozo.DELETE_BNODE, () -> bos.deleteBnode(name))).isEqualTo("BZBUSY");
    bos.setStatus(name, BSTAT_SHUTDOWN);
    bos.waitAll();
    ledger.order(Bozo.DELETE_BNODE, () -> bos.deleteBnode(name));
    assertThat(ledger.refused(Bozo.GET_STATUS, () -> bos.getStatus(name))).isEqualTo("BZNOENT");
  }

  private static void lists(CallLedger ledger, BozoClient bos, Cell cell) throws Exception {
    Overseer overseer = new Overseer(bos);
    ledger.order(Bozo.ADD_S_USER, () -> bos.addSUser("typed.user"));
    assertThat(ledger.call(Bozo.LIST_S_USERS, () -> bos.listSUsers(0))).isNotEmpty();
    assertThat(overseer.superUsers()).contains("typed.user");
    String host = cell.address().getHostAddress();
    assertThat(cell.bos("listusers", host).ok().out()).contains("typed.user");
    ledger.order(Bozo.DELETE_S_USER, () -> bos.deleteSUser("typed.user"));
    assertThat(overseer.superUsers()).doesNotContain("typed.user");

    String name = ledger.call(Bozo.GET_CELL_NAME, bos::getCellName);
    ledger.order(Bozo.SET_CELL_NAME, () -> bos.setCellName(name));
    assertThat(cell.bos("listhosts", host).ok().out()).contains("Cell name is " + name);
    ledger.order(Bozo.ADD_CELL_HOST, () -> bos.addCellHost("192.0.2.77"));
    assertThat(overseer.databaseServers()).hasSize(2);
    assertThat(ledger.call(Bozo.GET_CELL_HOST, () -> bos.getCellHost(0))).isNotEmpty();
    ledger.order(
        Bozo.DELETE_CELL_HOST, () -> bos.deleteCellHost(overseer.databaseServers().getLast()));
    assertThat(overseer.databaseServers()).hasSize(1);
  }

  /** Keys are told and changed on encrypted connections only. */
  private static void keys(CallLedger ledger, BozoClient bos, SecurityLevel level)
      throws Exception {
    BozoKey key = new BozoKey(Octets.ofHex("0123456789abcdef"));
    if (level != SecurityLevel.ENCRYPT) {
      assertThat(ledger.refused(Bozo.ADD_KEY, () -> bos.addKey(77, key))).isEqualTo("BZENCREQ");
      Bozo.ListKeysResult listed = ledger.call(Bozo.LIST_KEYS, () -> bos.listKeys(0));
      assertThat(listed.kvno()).isEqualTo(3);
      assertThat(listed.key().data()).isEqualTo(Octets.of(new byte[8]));
      assertThat(ledger.refused(Bozo.DELETE_KEY, () -> bos.deleteKey(77))).isNotEmpty();
      return;
    }
    ledger.order(Bozo.ADD_KEY, () -> bos.addKey(77, key));
    assertThat(ledger.call(Bozo.LIST_KEYS, () -> bos.listKeys(1)).kvno()).isEqualTo(77);
    assertThat(bos.listKeys(1).key()).isEqualTo(key);
    ledger.order(Bozo.DELETE_KEY, () -> bos.deleteKey(77));
    assertThat(ledger.refused(Bozo.LIST_KEYS, () -> bos.listKeys(1))).isEqualTo("BZDOM");
  }

  private void files(CallLedger ledger, BozoClient bos) throws Exception {
    Path marker = Files.createTempDirectory("typed").resolve("made");
    ledger.order(Bozo.EXEC, () -> bos.exec("touch " + marker));
    assertThat(marker).exists();
    install(ledger, bos, "first");
    install(ledger, bos, "second");
    Bozo.GetDatesResult dates = ledger.call(Bozo.GET_DATES, () -> bos.getDates(installed));
    assertThat(dates.newtime()).isEqualTo(1_000_000);
    assertThat(dates.baktime()).isEqualTo(1_000_000);
    ledger.order(Bozo.UN_INSTALL, () -> bos.unInstall(installed));
    assertThat(bos.getDates(installed).baktime()).isZero();
    ledger.order(Bozo.PRUNE, () -> bos.prune(0)); // nothing is asked for, so nothing goes
    Path log = Files.createTempFile("typed", ".log");
    Files.writeString(log, "what was logged\n");
    ByteArrayOutputStream fetched = new ByteArrayOutputStream();
    ledger.order(Bozo.GET_LOG, () -> new Overseer(bos).log(log.toString(), fetched));
    assertThat(fetched.toString(StandardCharsets.UTF_8)).isEqualTo("what was logged\n");
    Files.delete(log);
    assertThat(List.of(bos.getCellName())).containsExactly("test.example");
  }

  private void install(CallLedger ledger, BozoClient bos, String contents) throws Exception {
    byte[] data = contents.getBytes(StandardCharsets.UTF_8);
    try (SplitCall<?> call = bos.install(installed, data.length, 0644, 1_000_000)) {
      call.request().write(data);
      ledger.order(Bozo.INSTALL, call::end);
    }
  }
}
