// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * 1,000 lives of a client and a server that are written with the public API: blocking calls,
 * futures, streams, handlers with time limits, cancelled and interrupted calls, rxkad, sockets, on
 * a network that loses, delays and repeats, with servers that are closed and started again.
 */
class ProgramLivesTest {
  private static final int LIVES = 1000;
  private static final int REPLAYED = 25;

  @Test
  void aThousandLivesOfProgramsGoWellAndReplayFromTheirSeeds() throws Exception {
    ProgramLives lives = ProgramLives.run(1, LIVES, true);
    System.out.println(lives);
    assertThat(lives.failures).isEmpty();
    assertThat(lives.results).hasSize(LIVES);
    assertThat(lives.different()).as("lives with different contents").isEqualTo(LIVES);
    assertThat(lives.done().keySet()).containsExactly(ProgramClient.Deed.values());
    assertThat(lives.done().values()).as("how often each went well").allMatch(n -> n > LIVES / 5);
  }

  @Test
  void aLifeOfAProgramReplaysOctetForOctetFromItsSeed() throws Exception {
    for (long seed = 1; seed <= REPLAYED; seed++) {
      ProgramLife first = new ProgramLife(seed, 1_000_000);
      ProgramLife second = new ProgramLife(seed, 1_000_000);
      assertThat(second.run()).as("seed %d", seed).isEqualTo(first.run());
      assertThat(second.network.trace()).as("seed %d", seed).isEqualTo(first.network.trace());
    }
  }
}
