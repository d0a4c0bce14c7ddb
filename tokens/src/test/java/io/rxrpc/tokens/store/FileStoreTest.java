// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens in a file. */
class FileStoreTest extends StoreContract {
  @TempDir Path dir;

  @Override
  FileStore store() {
    return new FileStore(dir.resolve("private/tokens"));
  }

  private Path written() throws IOException {
    store().put("afs@a", TestTokens.until(TestTokens.NOW.plusSeconds(9), "a"));
    return dir.resolve("private/tokens");
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void itIsItsOwnersAlone() throws IOException {
    Path file = written();
    assertThat(mode(file)).isEqualTo("rw-------");
    assertThat(mode(file.getParent())).isEqualTo("rwx------");
    assertThat(mode(file.resolveSibling("tokens.lock"))).isEqualTo("rw-------");
    try (var files = Files.list(file.getParent())) {
      assertThat(files.map(p -> p.getFileName().toString()))
          .as("nothing half written is left")
          .containsExactlyInAnyOrder("tokens", "tokens.lock");
    }
  }

  @Test
  void whatOthersCanReadIsRefused() throws IOException {
    Path file = written();
    for (String permissions : List.of("rw-r-----", "rw----r--", "rw--w----", "rw-----w-")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
      assertThatThrownBy(() -> store().get("afs@a"))
          .isInstanceOf(TokenStoreException.class)
          .hasMessageContaining("chmod 600 " + file);
      assertThatThrownBy(this::written).isInstanceOf(TokenStoreException.class);
    }
    Files.delete(file);
  }

  @Test
  void whatIsNoPlainFileIsRefused() throws IOException {
    Path file = written();
    Path link = dir.resolve("link");
    Files.createSymbolicLink(link, file);
    for (Path other : List.of(link, dir)) {
      assertThatThrownBy(() -> new FileStore(other).get("afs@a"))
          .isInstanceOf(TokenStoreException.class)
          .hasMessageContaining("is no plain file");
    }
  }

  @Test
  void anotherUsersFileIsRefused() throws IOException {
    Path file = written();
    try {
      Files.setAttribute(file, "unix:uid", 12345);
    } catch (IOException e) {
      org.junit.jupiter.api.Assumptions.abort("only root can give files away");
    }
    assertThatThrownBy(() -> store().get("afs@a"))
        .isInstanceOf(TokenStoreException.class)
        .hasMessageContaining("belongs to another user");
    Files.delete(file);
  }

  @Test
  void writersDoNotLoseEachOthersTokens() throws Exception {
    FileStore store = store();
    int many = 40;
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Callable<Void>> puts =
          IntStream.range(0, many)
              .<Callable<Void>>mapToObj(
                  i ->
                      () -> {
                        store.put("afs@c" + i, TestTokens.until(TestTokens.NOW, "c" + i));
                        return null;
                      })
              .toList();
      for (Future<Void> put : threads.invokeAll(puts)) {
        put.get();
      }
    }
    assertThat(store.list()).hasSize(many);
  }

  @Test
  void whateverTheFileHoldsThereIsAnAnswer() throws IOException {
    Path file = written();
    store().put("afs@b", TestTokens.until(TestTokens.NOW, "b"));
    byte[] golden = Files.readAllBytes(file);
    for (int length = 0; length < golden.length; length++) {
      byte[] cut = Arrays.copyOf(golden, length);
      assertThatThrownBy(() -> TokenFile.parse(file, cut))
          .isInstanceOf(TokenStoreException.class)
          .hasMessageContaining("rm " + file);
    }
    for (int seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      byte[] mutant = golden.clone();
      for (int i = 0; i <= random.nextInt(4); i++) {
        mutant[random.nextInt(mutant.length)] = (byte) random.nextInt();
      }
      try (TokenFile content = TokenFile.parse(file, mutant)) {
        assertThat(content.list()).hasSizeLessThanOrEqualTo(2);
      } catch (TokenStoreException e) {
        assertThat(e).hasMessageStartingWith(file + " is damaged: ");
      }
    }
  }

  @Test
  void whereItIs() {
    assertThat(FileStore.place(Map.of("XDG_RUNTIME_DIR", "/run/user/7")))
        .isEqualTo(Path.of("/run/user/7/rxrpc-tokens"));
    assertThat(FileStore.place(Map.of()))
        .isEqualTo(Path.of(System.getProperty("user.home"), ".rxrpc", "tokens"));
  }
}
