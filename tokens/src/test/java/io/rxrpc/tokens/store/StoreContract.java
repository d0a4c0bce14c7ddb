// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.key.ClientTokens;
import io.rxrpc.key.RxgkTime;
import io.rxrpc.key.RxgkToken;
import io.rxrpc.key.RxkadToken;
import io.rxrpc.key.Token;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every store does. */
abstract class StoreContract {
  private static final Instant END = TestTokens.NOW.plusSeconds(36_000);

  /** Of this run alone: a real session keyring may have other keys. */
  private final String cell = "t" + UUID.randomUUID() + ".example";

  private final String afs = StoredKey.description(cell);

  abstract TokenStore store() throws IOException;

  @AfterEach
  void clear() throws IOException {
    store().remove(afs);
    store().remove(cell);
  }

  @Test
  void aTokenIsFoundByTheNextCommand() throws IOException {
    ClientTokens tokens = TestTokens.until(END, cell);
    store().put(afs, tokens);
    Token found = store().find(cell, TestTokens.NOW);
    assertThat(found).isEqualTo(tokens.tokens().getFirst());
    try (StoredKey key = store().get(afs)) {
      assertThat(key.cell()).isEqualTo(cell);
      assertThat(key.tokens().cell()).isEqualTo(cell);
      assertThat(key.expiry()).isEqualTo(END);
    }
  }

  @Test
  void aNewTokenTakesThePlaceOfTheOld() throws IOException {
    store().put(afs, TestTokens.until(END, cell));
    store().put(afs, TestTokens.until(END.plusSeconds(5), cell));
    assertThat(store().find(cell, TestTokens.NOW).expiry()).isEqualTo(END.plusSeconds(5));
    assertThat(store().list().stream().map(StoredKey::description)).containsOnlyOnce(afs);
  }

  private static RxgkToken rxgk(int index, Instant end) {
    return new RxgkToken(index, 18, new byte[32], 2, 0, 36000, 30, RxgkTime.of(end), new byte[9]);
  }

  @Test
  void tokensOfSeveralClassesAreKeptTogetherRxgkFirst() throws IOException {
    Token rxkad = TestTokens.until(END, cell).tokens().getFirst();
    store().add(afs, new ClientTokens(cell, List.of(rxkad)), TestTokens.NOW);
    RxgkToken first = rxgk(RxgkToken.OPENAFS, END.minusSeconds(50));
    store().add(afs, new ClientTokens(cell, List.of(first)), TestTokens.NOW);
    assertThat(store().find(cell, TestTokens.NOW)).isEqualTo(first);
    assertThat(store().find(cell, TestTokens.NOW, RxkadToken.class::isInstance)).isEqualTo(rxkad);
    // one that has ended does not hide the other, and the key ends with the last
    assertThat(store().find(cell, END.minusSeconds(50))).isEqualTo(rxkad);
    try (StoredKey key = store().get(afs)) {
      assertThat(key.tokens().tokens()).containsExactly(first, rxkad);
      assertThat(key.expiry()).isEqualTo(END);
      assertThat(key.used(END.minusSeconds(50))).isEqualTo(rxkad);
    }
    // a new one takes the place of its own class; what has ended is dropped
    RxgkToken second = rxgk(RxgkToken.OPENAFS, END.plusSeconds(900));
    store().add(afs, new ClientTokens(cell, List.of(second)), END.plusSeconds(1));
    try (StoredKey key = store().get(afs)) {
      assertThat(key.tokens().tokens()).containsExactly(second);
    }
    assertThatThrownBy(() -> store().find(cell, END, t -> t.securityIndex() == 6))
        .isInstanceOf(NoTokenException.class)
        .hasMessageContaining("are of another security class");
  }

  @Test
  void aRemovedTokenIsGone() throws IOException {
    store().put(afs, TestTokens.until(END, cell));
    assertThat(store().remove(afs)).isTrue();
    assertThat(store().remove(afs)).isFalse();
    assertThat(store().get(afs)).isNull();
    assertThat(store().list().stream().map(StoredKey::description)).doesNotContain(afs);
  }

  @Test
  void withoutATokenOneIsToldHowToGetIt() {
    assertThatThrownBy(() -> store().find(cell, TestTokens.NOW))
        .isInstanceOf(NoTokenException.class)
        .hasMessageStartingWith("no token for the cell " + cell + " in " + place())
        .hasMessageEndingWith("get one with: rxrpc klog --cell " + cell);
  }

  private String place() {
    try {
      return store().place();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anEndedTokenIsNotGivenOut() throws IOException {
    store().put(afs, TestTokens.until(END, cell));
    assertThat(store().find(cell, END.minusSeconds(1))).isNotNull();
    assertThatThrownBy(() -> store().find(cell, END))
        .isInstanceOf(NoTokenException.class)
        .hasMessage(
            "the token for the cell %s ended at %s; get a new one with: rxrpc klog --cell %s",
            cell, END, cell);
  }

  @Test
  void aKeyOfAnotherName() throws IOException {
    ClientTokens tokens = new ClientTokens("", TestTokens.until(END, "").tokens());
    store().put(cell, tokens);
    assertThat(store().key(cell, TestTokens.NOW)).isEqualTo(tokens.tokens().getFirst());
    try (StoredKey key = store().get(cell)) {
      assertThat(key.cell()).isEmpty();
    }
    assertThatThrownBy(() -> store().key(cell + "x", TestTokens.NOW))
        .isInstanceOf(NoTokenException.class)
        .hasMessageEndingWith("get one with: rxrpc key add " + cell + "x");
  }

  @Test
  void closingAKeyClearsItsSecret() throws IOException {
    store().put(afs, TestTokens.until(END, cell));
    StoredKey key = store().get(afs);
    RxkadToken token = key.tokens().rxkad();
    key.close();
    assertThat(token.sessionKey()).containsOnly(0);
    assertThat(key.toString()).contains(afs);
  }

  @Test
  void whatCannotBeKept() {
    ClientTokens tokens = TestTokens.until(END, cell);
    for (String bad : List.of("", "a\nb", "x".repeat(4096))) {
      assertThatThrownBy(() -> store().put(bad, tokens)).isInstanceOf(TokenStoreException.class);
    }
    assertThatThrownBy(() -> store().put(afs, new ClientTokens(cell, List.of())))
        .isInstanceOf(TokenStoreException.class);
  }
}
