// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.keyfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.security.rxkad.ServerKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of keys that changes while a server uses it; the clocks are the test's. */
class ReloadTest {
  private static final int AFS = 52;
  private static final long INTERVAL = 1_000_000_000;
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  @TempDir Path dir;
  private long nanos = 5;
  private Instant wall = Instant.parse("2026-11-22T16:00:00Z");
  private Path path;
  private ServerKeyFile file;

  @BeforeEach
  void open() throws IOException {
    path = dir.resolve("KeyFile");
    write("00000001 00000003 80b6a7cd7a9dadb6", LONG_AGO);
    file = ServerKeyFile.open(path, INTERVAL, () -> nanos, () -> wall);
  }

  private void write(String hex, Instant modified) throws IOException {
    Files.write(path, GoldenFiles.hex(hex));
    Files.setLastModifiedTime(path, FileTime.from(modified));
  }

  private boolean has(int kvno) {
    return file.find(AFS, kvno, ServerKeys.DES) != null;
  }

  @Test
  void aChangeIsSeenAfterTheInterval() throws IOException {
    write("00000001 00000004 80b6a7cd7a9dadb6", LONG_AGO.plusSeconds(1));
    nanos += INTERVAL - 1;
    assertThat(has(4)).as("not looked at yet").isFalse();
    assertThat(has(3)).isTrue();
    nanos += 1;
    assertThat(has(4)).isTrue();
    assertThat(has(3)).as("the key that is no longer there").isFalse();
  }

  @Test
  void anUnchangedFileIsNotReadAgain() {
    for (int i = 0; i < 100; i++) {
      nanos += INTERVAL;
      assertThat(has(3)).isTrue();
    }
    assertThat(file.readings()).isEqualTo(1);
  }

  @Test
  void aFileThatWasJustWrittenIsReadOnceMore() throws IOException {
    Instant now = wall;
    write("00000001 00000004 80b6a7cd7a9dadb6", now);
    nanos += INTERVAL;
    assertThat(has(4)).isTrue();
    write("00000001 00000005 80b6a7cd7a9dadb6", now); // same size, same time: looks the same
    nanos += INTERVAL;
    wall = wall.plusSeconds(1);
    assertThat(has(5)).isTrue();
    wall = wall.plusSeconds(10);
    nanos += INTERVAL;
    assertThat(has(5)).isTrue();
    long readings = file.readings();
    nanos += INTERVAL;
    assertThat(has(5)).isTrue();
    assertThat(file.readings()).isEqualTo(readings);
  }

  @Test
  void aReplacedFileIsAnotherFile() throws IOException {
    Path fresh = dir.resolve("new");
    Files.write(fresh, GoldenFiles.hex("00000001 00000004 80b6a7cd7a9dadb6"));
    Files.setLastModifiedTime(fresh, FileTime.from(LONG_AGO)); // as old and as large as the other
    Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    nanos += INTERVAL;
    assertThat(has(4)).isTrue();
  }

  @Test
  void aDamagedFileLeavesTheKeysInForce() throws IOException {
    write("00000002 00000003 80", LONG_AGO.plusSeconds(1));
    nanos += INTERVAL;
    assertThat(has(3)).isTrue();
    write("00000001 00000006 80b6a7cd7a9dadb6", LONG_AGO.plusSeconds(2));
    nanos += INTERVAL;
    assertThat(has(6)).isTrue();
  }

  @Test
  void aRemovedFileTakesItsKeysWithIt() throws IOException {
    Files.delete(path);
    nanos += INTERVAL;
    assertThat(has(3)).isFalse();
    write("00000001 00000003 80b6a7cd7a9dadb6", LONG_AGO);
    nanos += INTERVAL;
    assertThat(has(3)).isTrue();
  }

  @Test
  void nothingIsFoundAfterClosing() {
    ServiceKey key = file.keys().getFirst();
    file.close();
    nanos += INTERVAL;
    assertThat(has(3)).isFalse();
    assertThat(file.keys()).isEmpty();
    org.assertj.core.api.Assertions.assertThatThrownBy(key::secret)
        .isInstanceOf(IllegalStateException.class);
  }
}
