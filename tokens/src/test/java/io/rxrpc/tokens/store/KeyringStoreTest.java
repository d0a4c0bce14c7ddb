// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.key.ClientTokens;
import io.rxrpc.key.RxgkToken;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** Tokens in the kernel: a simulated one, and this machine's where it lets us. */
class KeyringStoreTest {
  private final TestKernel kernel = new TestKernel();

  @TempDir Path dir;

  /** The contract with the kernel of this machine. */
  @Nested
  class OfThisMachine extends StoreContract {
    @BeforeEach
    void isThere() throws IOException {
      store();
    }

    @Override
    TokenStore store() throws IOException {
      Keyctl keyctl = Keyctl.available();
      TokenStore store = keyctl == null ? null : KeyringStore.open(keyctl);
      if (store == null) {
        throw new TestAbortedException(
            "SKIPPED: no session keyring here: "
                + (keyctl == null ? "no keyctl" : "keyctl says " + keyctl.sessionKeyring()));
      }
      return store;
    }
  }

  /** The contract with a kernel that has keys of type rxrpc. */
  @Nested
  class WithRxrpc extends StoreContract {
    @BeforeEach
    void rxrpc() {
      kernel.hasRxrpc = true;
    }

    @Override
    TokenStore store() {
      return KeyringStore.open(kernel);
    }
  }

  /** The contract with one that has not. */
  @Nested
  class WithoutRxrpc extends StoreContract {
    @Override
    TokenStore store() {
      return KeyringStore.open(kernel);
    }
  }

  private void put(String description) throws IOException {
    Instant end = Instant.now().plusSeconds(100);
    KeyringStore.open(kernel).put(description, TestTokens.until(end, "a"));
  }

  @Test
  void whatTheKernelDoesNotKnowIsKeptBesideWhatItDoes() throws IOException {
    kernel.hasRxrpc = true;
    TokenStore store = KeyringStore.open(kernel);
    Instant end = TestTokens.NOW.plusSeconds(100);
    store.add("afs@a", TestTokens.until(end, "a"), TestTokens.NOW);
    RxgkToken rxgk = new RxgkToken(RxgkToken.OPENAFS, 18, new byte[32], 2, 0, 0, 0, 0, new byte[9]);
    store.add("afs@a", new ClientTokens("a", List.of(rxgk)), TestTokens.NOW);
    assertThat(kernel.keys.values())
        .extracting(TestKernel.Key::type)
        .containsExactlyInAnyOrder("user", "rxrpc");
    assertThat(store.list()).singleElement().matches(k -> k.tokens().tokens().size() == 2);
    assertThat(store.find("a", TestTokens.NOW)).isEqualTo(rxgk);
    // the kernel's own AFS finds what it can use
    TestKernel.Key own =
        kernel.keys.values().stream().filter(k -> k.type().equals("rxrpc")).findFirst().get();
    assertThat(TokenStore.parse("afs@a", "rxrpc", own.payload()).tokens().summary())
        .isEqualTo("ka");
    store.put("afs@a", TestTokens.until(end, "a"));
    assertThat(kernel.keys.values()).extracting(TestKernel.Key::type).containsExactly("rxrpc");
    store.add("afs@a", new ClientTokens("a", List.of(rxgk)), TestTokens.NOW);
    assertThat(store.remove("afs@a")).isTrue();
    assertThat(kernel.keys).isEmpty();
  }

  @Test
  void theKernelsOwnTypeWhereItHasIt() throws IOException {
    put("afs@a");
    assertThat(kernel.keys.values()).extracting(TestKernel.Key::type).containsExactly("user");
    kernel.keys.clear();
    kernel.hasRxrpc = true;
    put("afs@a");
    put("other");
    assertThat(kernel.keys.values())
        .extracting(TestKernel.Key::type)
        .as("only afs@ keys of type rxrpc can be read back")
        .containsExactly("rxrpc", "user");
  }

  @Test
  void aKeyEndsInTheKernelADayAfterItsToken() throws IOException {
    put("afs@a");
    assertThat(kernel.timeouts).hasSize(1);
    assertThat(kernel.timeouts.getFirst()).isBetween(86_400L, 86_500L);
  }

  @Test
  void keysOfOthersAreLeftAlone() throws IOException {
    kernel.addKey("user", "krb5-secret", new byte[] {1, 2, 3}, 7);
    kernel.addKey("logon", "disk", new byte[] {1, 2, 3}, 7);
    put("afs@a");
    assertThat(KeyringStore.open(kernel).list())
        .extracting(StoredKey::description)
        .containsExactly("afs@a");
  }

  @Test
  void whereKeysAreRefusedAFileIsTaken() throws IOException {
    Map<String, String> environment = Map.of("XDG_RUNTIME_DIR", dir.toString());
    assertThat(TokenStore.open(null, environment, kernel)).isInstanceOf(KeyringStore.class);
    assertThat(TokenStore.open(null, environment, null)).isInstanceOf(FileStore.class);
    kernel.refusal = -KernelKeys.EPERM; // as in a container
    assertThat(TokenStore.open(null, environment, kernel).place())
        .isEqualTo(dir.resolve("rxrpc-tokens").toString());
    kernel.refusal = 0;
    kernel.uid = "4242"; // as after su, in the session of somebody else
    assertThat(TokenStore.open(null, environment, kernel)).isInstanceOf(FileStore.class);
  }

  @Test
  void aFileByChoice() throws IOException {
    String file = dir.resolve("mine").toString();
    Map<String, String> environment = Map.of(TokenStore.VARIABLE, file);
    assertThat(TokenStore.open(null, environment, kernel).place()).isEqualTo(file);
    assertThat(TokenStore.open(dir.resolve("x"), environment, kernel).place())
        .as("an option before the environment")
        .isEqualTo(dir.resolve("x").toString());
  }

  @Test
  void aRefusedKeyIsSaidWithWhatToDo() {
    TokenStore store = KeyringStore.open(kernel);
    kernel.refusal = -KernelKeys.EDQUOT;
    assertThatThrownBy(() -> store.put("afs@a", TestTokens.until(TestTokens.NOW, "a")))
        .isInstanceOf(TokenStoreException.class)
        .hasMessage(
            "cannot keep afs@a in the session keyring: your quota of keys is used up;"
                + " RXRPC_TOKEN_FILE=FILE names a file instead");
  }
}
