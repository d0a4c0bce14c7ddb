// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.table.LongMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongMapTest {
  @Test
  void oneEntryMayGoAndAnotherCome() {
    LongMap<String> map = new LongMap<>();
    assertThat(map.get(0)).isNull();
    map.remove(0);
    map.put(0, "zero");
    map.put(0, "nought");
    assertThat(map.get(0)).isEqualTo("nought");
    assertThat(map.get(1)).isNull();
    map.remove(1);
    assertThat(map.size()).isEqualTo(1);
    map.remove(0);
    assertThat(map.size()).isZero();
    assertThat(map.get(0)).isNull();
    map.forEach(v -> assertThat(v).isNull());
    map.put(7, "seven");
    map.put(8, "eight");
    map.put(9, "nine");
    assertThat(map.size()).isEqualTo(3);
    assertThat(map.get(7)).isEqualTo("seven");
    List<String> all = new ArrayList<>();
    map.forEach(all::add);
    assertThat(all).containsExactlyInAnyOrder("seven", "eight", "nine");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void doesWhatHashMapDoes(long seed) {
    Random random = new Random(seed);
    LongMap<String> map = new LongMap<>();
    Map<Long, String> model = new HashMap<>();
    int range = seed % 2 == 0 ? 40 : 3000;
    for (int i = 0; i < 60_000; i++) {
      // as connections have them: close together, with the epoch in the upper half
      long key = (seed << 32) + 4L * random.nextInt(range);
      if (random.nextInt(100) < (i / 10_000 % 2 == 0 ? 60 : 40)) {
        map.put(key, "v" + i);
        model.put(key, "v" + i);
      } else {
        map.remove(key);
        model.remove(key);
      }
      assertThat(map.size()).isEqualTo(model.size());
      long probe = (seed << 32) + 4L * random.nextInt(range);
      assertThat(map.get(probe)).isEqualTo(model.get(probe));
    }
    for (int k = 0; k < range; k++) {
      long key = (seed << 32) + 4L * k;
      assertThat(map.get(key)).isEqualTo(model.get(key));
    }
    List<String> all = new ArrayList<>();
    map.forEach(all::add);
    assertThat(all).containsExactlyInAnyOrderElementsOf(model.values());
    // what forEach calls may take away what it is at
    map.forEach(
        v ->
            model.entrySet().stream()
                .filter(e -> e.getValue().equals(v))
                .findFirst()
                .ifPresent(e -> map.remove(e.getKey())));
    assertThat(map.size()).isZero();
  }
}
