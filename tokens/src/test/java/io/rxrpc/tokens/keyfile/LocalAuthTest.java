// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.keyfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.key.RxkadToken;
import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.ResponsePacket;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.rxkad.RxkadClient;
import io.rxrpc.security.rxkad.RxkadServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tickets that whoever has a server's keys makes for himself. */
class LocalAuthTest {
  private static final Instant NOW = Instant.parse("2026-11-22T16:00:00Z");
  private static final ConnectionIdentity ID =
      new ConnectionIdentity(0x9b932298, 0xe2e9ac24, 52, 2);

  @TempDir Path dir;

  private static PeerIdentity handshake(RxkadToken token, Path keys)
      throws IOException, SecurityFailure {
    try (ServerKeyFile file = ServerKeyFile.open(keys)) {
      RxkadServer server = RxkadServer.builder(file, () -> NOW).build();
      byte[] nonce = {0, 0, 0, 7};
      ResponsePacket response =
          new RxkadClient(token, SecurityLevel.ENCRYPT, () -> NOW)
              .connect(ID)
              .respond(server.challenge(ID, nonce), new int[] {1, 0, 0, 0});
      return server.verify(ID, nonce, response).security().peer();
    }
  }

  @ParameterizedTest
  @CsvSource({"KeyFile, 4", "KeyFileExt, 213", "rxkad.keytab, 213"})
  void aServerWithTheSameKeysTakesTheTicket(String name, int kvno)
      throws IOException, SecurityFailure {
    Path keys = GoldenFiles.copy(dir, name);
    RxkadToken token = LocalAuth.token(keys, NOW);
    assertThat(token.kvno()).isEqualTo(kvno);
    assertThat(token.expiry()).isBetween(NOW, NOW.plus(Duration.ofHours(11)));
    PeerIdentity peer = handshake(token, keys);
    assertThat(peer.principal()).isEqualTo("afs");
  }

  @Test
  void anybodyElse() throws IOException, SecurityFailure {
    Path keys = GoldenFiles.copy(dir, "KeyFile");
    PeerIdentity peer = handshake(LocalAuth.token(keys, "alice", "admin", NOW), keys);
    assertThat(peer.principal()).isEqualTo("alice.admin");
  }

  @Test
  void kerberosBeforeDesAndTheNewestFirst() throws IOException {
    GoldenFiles.copy(dir, "KeyFile");
    GoldenFiles.copy(dir, "KeyFileExt");
    try (ServerKeyFile file = ServerKeyFile.open(dir)) {
      assertThat(LocalAuth.newest(file.keys())).hasToString("kvno 5 aes256-cts-hmac-sha1-96");
    }
    try (ServerKeyFile file = ServerKeyFile.open(GoldenFiles.copy(dir, "rxkad.keytab"))) {
      assertThat(LocalAuth.newest(file.keys()).kvno()).isEqualTo(300);
    }
  }

  @Test
  void aFileWithoutAKeyThatMakesTickets() throws IOException {
    Path keys = Files.write(dir.resolve("KeyFile"), new byte[4]);
    assertThatThrownBy(() -> LocalAuth.token(keys, NOW))
        .isInstanceOf(KeyFileException.class)
        .hasMessageContaining("no key in it makes tickets");
  }
}
