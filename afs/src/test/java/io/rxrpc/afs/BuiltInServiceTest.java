// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.rxgen.model.DeclaredProcedure;
import io.rxrpc.rxgen.model.Definition;
import io.rxrpc.rxgen.model.Description;
import io.rxrpc.rxgen.model.RpcPackage;
import io.rxrpc.rxgen.model.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The built-in services: described whole, and told to people. */
class BuiltInServiceTest {
  @ParameterizedTest
  @EnumSource
  void everyProcedureSaysWhatItDoesWhoMayAndWhatItsParametersMean(BuiltInService service) {
    List<String> silent = new ArrayList<>();
    RpcPackage calls = PackagedDescriptions.of(service).packages().getFirst();
    assertThat(calls.name()).isEqualTo(service.packageName());
    for (DeclaredProcedure procedure : calls.procedures()) {
      var told = procedure.documentation();
      if (!told.text().endsWith(".") || told.tags().get("permitted") == null) {
        silent.add(procedure.name());
      }
      for (DeclaredProcedure.Parameter parameter : procedure.parameters()) {
        if (told.parameters().getOrDefault(parameter.name(), "").isEmpty()) {
          silent.add(procedure.name() + "." + parameter.name());
        }
      }
    }
    assertThat(silent).isEmpty();
  }

  /** How many procedures, and the number that statistics keep the interface under. */
  @ParameterizedTest
  @CsvSource({
    "VL, 28, 15",
    "PT, 23, 8",
    "VOL, 34, 16",
    "FS, 43, 7",
    "CB, 18, 6",
    "BOS, 37, 1",
    "VOTE, 7, 11",
    "DISK, 14, 12",
    "STATS, 11, 9"
  })
  void allProceduresAreThere(BuiltInService service, int procedures, int statistics) {
    RpcPackage calls = PackagedDescriptions.of(service).packages().getFirst();
    assertThat(calls.procedures()).hasSize(procedures);
    assertThat(calls.statIndex()).isEqualTo(statistics);
  }

  @Test
  void structuresHaveTheSizesThatServersGiveThem() {
    Map<String, Integer> octets = new TreeMap<>();
    for (BuiltInService service : BuiltInService.values()) {
      Description description = PackagedDescriptions.of(service);
      description.definitions().values().stream()
          .filter(d -> d instanceof Definition.StructType && !d.name().startsWith("single_"))
          .forEach(d -> octets.put(d.name(), size(description, new Type.Named(d.name()))));
    }
    assertThat(octets)
        .containsAllEntriesOf(
            Map.ofEntries(
                Map.entry("vldbentry", 384),
                Map.entry("nvldbentry", 476),
                Map.entry("uvldbentry", 1048),
                Map.entry("VldbUpdateEntry", 480),
                Map.entry("VldbListByAttributes", 24),
                Map.entry("ListAddrByAttributes", 60),
                Map.entry("VLCallBack", 16),
                Map.entry("vldstats", 424),
                Map.entry("vital_vlheader", 40),
                Map.entry("prcheckentry", 304),
                Map.entry("prlistentries", 304),
                Map.entry("PrUpdateEntry", 308),
                Map.entry("prdebugentry", 384),
                Map.entry("volintInfo", 220),
                Map.entry("volintXInfo", 320),
                Map.entry("volser_status", 64),
                Map.entry("transDebugInfo", 176),
                Map.entry("destServer", 12),
                Map.entry("replica", 16),
                Map.entry("restoreCookie", 140),
                Map.entry("diskPartition", 272),
                Map.entry("diskPartition64", 2076),
                Map.entry("pIDs", 104),
                Map.entry("volintSize", 8)))
        .containsAllEntriesOf(
            Map.ofEntries(
                Map.entry("AFSFid", 12),
                Map.entry("AFSCallBack", 12),
                Map.entry("AFSVolSync", 24),
                Map.entry("AFSFetchStatus", 84),
                Map.entry("AFSStoreStatus", 24),
                Map.entry("AFSFetchVolumeStatus", 48),
                Map.entry("AFSStoreVolumeStatus", 12),
                Map.entry("ViceStatistics", 580),
                Map.entry("interfaceAddr", 432),
                Map.entry("AFSDBLockDesc", 32),
                Map.entry("AFSDBLock", 96),
                Map.entry("AFSDBCacheEntry", 88),
                Map.entry("AFSDBCacheEntry64", 92),
                Map.entry("bozo_status", 68),
                Map.entry("bozo_netKTime", 20),
                Map.entry("bozo_key", 32),
                Map.entry("bozo_keyInfo", 16),
                Map.entry("ubik_version", 8),
                Map.entry("ubik_tid", 8),
                Map.entry("ubik_debug", 1136),
                Map.entry("ubik_debug_old", 112),
                Map.entry("ubik_sdebug", 1056),
                Map.entry("ubik_sdebug_old", 36),
                Map.entry("ubik_iovec", 12),
                Map.entry("UbikInterfaceAddr", 1024)));
  }

  private static int size(Description description, Type type) {
    return switch (description.resolved(type)) {
      case Type.Scalar scalar ->
          switch (scalar) {
            case HYPER, UNSIGNED_HYPER -> 8;
            case UUID -> 44;
            default -> 4;
          };
      case Type.FixedOpaque opaque -> (int) opaque.size().value() + 3 & ~3;
      case Type.Array array -> (int) array.size().value() * size(description, array.element());
      case Type.Named named ->
          ((Definition.StructType) description.definition(named))
              .fields().stream().mapToInt(f -> size(description, f.type())).sum();
      default -> throw new AssertionError("no fixed size: " + type);
    };
  }

  @Test
  void aServiceIsFoundByLabelAndByPackage() {
    assertThat(BuiltInService.find("vl")).isEqualTo(BuiltInService.VL);
    assertThat(BuiltInService.find("RXAFS_")).isEqualTo(BuiltInService.FS);
    assertThat(BuiltInService.find("rxafscb")).isEqualTo(BuiltInService.CB);
    assertThat(BuiltInService.find("ka")).isNull();
    assertThat(BuiltInService.withId(1))
        .containsExactly(BuiltInService.FS, BuiltInService.CB, BuiltInService.BOS);
    assertThat(BuiltInService.VOTE.service().id()).isEqualTo(50);
  }

  @Test
  void aWellKnownServiceIsAtItsPortOfAHost() throws Exception {
    assertThat(WellKnownService.VL.at("127.0.0.1")).hasToString("127.0.0.1:7003/52");
    assertThat(WellKnownService.VOTE.at("127.0.0.1", 7002)).hasToString("127.0.0.1:7002/50");
    assertThatThrownBy(() -> WellKnownService.STATS.at("127.0.0.1"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("stats");
  }

  @Test
  void whatDescriptionsIncludeIsThere() {
    assertThat(BuiltInService.included("fids.xg")).contains("struct AFSFid");
    assertThat(BuiltInService.included("../vl/vl.xg")).isNull();
    assertThat(BuiltInService.included("none.xg")).isNull();
  }
}
