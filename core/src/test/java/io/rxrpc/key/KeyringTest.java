// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.udp.Errno;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and keyrings, with Linux's error numbers. */
class KeyringTest {
  private static final byte[] SECRET = HexFormat.of().parseHex("d3f1a2b4c5e60718");

  private Instant now = Instant.parse("2026-11-22T16:00:00Z");
  private final InstantSource clock = () -> now;
  private final KeyFacility facility = new KeyFacility(clock);

  private static void assertRefused(Errno errno, ThrowingCallable what) {
    assertThatThrownBy(what)
        .isInstanceOfSatisfying(
            KeyException.class, e -> assertThat(e.errno()).as(e.getMessage()).isEqualTo(errno));
  }

  private byte[] payload(long seconds) {
    return TokenWriter.versionOne(
        new RxkadToken(3, SECRET, now.getEpochSecond() + seconds, new byte[40]));
  }

  private Key token(Keyring ring, String name) throws KeyException {
    return ring.add(KeyType.RXRPC, name, payload(3600));
  }

  @Test
  void addAndFind() throws KeyException {
    Key key = token(facility.session(), "afs@example.org");
    assertThat(facility.request(KeyType.RXRPC, "afs@example.org")).isSameAs(key);
    assertThat(key.payload()).isInstanceOf(ClientTokens.class);
    assertThat(key.serial()).isPositive();
    assertThat(key.describe()).endsWith("rxrpc valid afs@example.org: ka");
    assertRefused(Errno.ENOKEY, () -> facility.request(KeyType.RXRPC, "afs@example.com"));
    assertRefused(Errno.ENOKEY, () -> facility.request(KeyType.RXRPC_S, "afs@example.org"));
  }

  @Test
  void theThreadsKeyringComesFirstThenTheProcesssThenTheSessions() throws KeyException {
    Key session = token(facility.session(), "afs@a");
    assertThat(facility.request(KeyType.RXRPC, "afs@a")).isSameAs(session);
    Key process = token(facility.process(), "afs@a");
    assertThat(facility.request(KeyType.RXRPC, "afs@a")).isSameAs(process);
    Keyring mine = facility.keyring("mine");
    Key thread = token(mine, "afs@a");
    Key found = facility.withThreadKeyring(mine, () -> facility.request(KeyType.RXRPC, "afs@a"));
    assertThat(found).isSameAs(thread);
    assertThat(facility.request(KeyType.RXRPC, "afs@a")).isSameAs(process);
    process.revoke();
    assertThat(facility.request(KeyType.RXRPC, "afs@a")).isSameAs(session);
    session.revoke();
    assertRefused(Errno.EKEYREVOKED, () -> facility.request(KeyType.RXRPC, "afs@a"));
  }

  @Test
  void addingAgainDisplaces() throws KeyException {
    Keyring ring = facility.process();
    Key old = token(ring, "afs@a");
    Key fresh = token(ring, "afs@a");
    assertThat(ring.keys()).containsExactly(fresh);
    assertThat(ring.search(KeyType.RXRPC, "afs@a")).isSameAs(fresh);
    old.validate(); // who holds it may go on
    ring.link(fresh);
    assertThat(ring.keys()).containsExactly(fresh);
  }

  @Test
  void unlinkAndClear() throws KeyException {
    Keyring ring = facility.process();
    Key a = token(ring, "a");
    Key b = token(ring, "b");
    ring.unlink(a);
    assertRefused(Errno.ENOENT, () -> ring.unlink(a));
    assertThat(ring.keys()).containsExactly(b);
    ring.clear();
    assertThat(ring.keys()).isEmpty();
    b.validate();
  }

  @Test
  void revokedKeysAreClearedForAllWhoHoldThem() throws KeyException {
    Key key = token(facility.process(), "a");
    RxkadToken held = ((ClientTokens) key.payload()).rxkad();
    Key server = facility.process().add(KeyType.RXRPC_S, "52:2", SECRET);
    ServerSecret secret = (ServerSecret) server.payload();
    key.revoke();
    server.revoke();
    assertThat(held.sessionKey()).containsOnly(0);
    assertThat(secret.secret()).containsOnly(0);
    assertThat(secret.destroyed()).isTrue();
    assertRefused(Errno.EKEYREVOKED, key::payload);
    assertRefused(Errno.EKEYREVOKED, () -> key.setTimeout(5));
    assertThat(key.describe()).contains("revoked");
    key.revoke();
  }

  @Test
  void expiryOfTheTokenAndOfATimeout() throws KeyException {
    Key key = facility.process().add(KeyType.RXRPC, "a", payload(100));
    assertThat(key.expiry()).isEqualTo(now.plusSeconds(100));
    now = now.plusSeconds(99);
    key.validate();
    now = now.plusSeconds(1);
    assertRefused(Errno.EKEYEXPIRED, key::validate);
    assertRefused(Errno.EKEYEXPIRED, () -> facility.request(KeyType.RXRPC, "a"));
    assertThat(key.describe()).contains("expired");
    key.setTimeout(10);
    key.validate();
    now = now.plusSeconds(10);
    assertRefused(Errno.EKEYEXPIRED, key::validate);
    key.setTimeout(0);
    now = now.plusSeconds(1_000_000);
    key.validate();
    assertRefused(Errno.EINVAL, () -> key.setTimeout(-1));
  }

  @Test
  void nestedKeyringsAreSearchedTheNearestFirst() throws KeyException {
    Keyring top = facility.process();
    Keyring below = top.addKeyring("below");
    Keyring deep = below.addKeyring("deep");
    Key far = token(deep, "a");
    assertThat(top.search(KeyType.RXRPC, "a")).isSameAs(far);
    Key near = token(below, "a");
    assertThat(top.search(KeyType.RXRPC, "a")).isSameAs(near);
    near.revoke();
    assertThat(top.search(KeyType.RXRPC, "a")).isSameAs(far);
    below.revoke();
    assertRefused(Errno.ENOKEY, () -> top.search(KeyType.RXRPC, "a"));
    assertRefused(Errno.EKEYREVOKED, () -> below.search(KeyType.RXRPC, "a"));
    assertRefused(Errno.EKEYREVOKED, () -> token(below, "b"));
  }

  @Test
  void keyringsContainNoCirclesAndEndAtADepth() throws KeyException {
    Keyring a = facility.keyring("a");
    Keyring b = a.addKeyring("b");
    assertRefused(Errno.EDEADLK, () -> b.link(a));
    assertRefused(Errno.EDEADLK, () -> a.link(a));
    Keyring ring = b;
    for (int depth = 3; depth <= Keyring.MAX_DEPTH; depth++) {
      ring = ring.addKeyring("r" + depth);
    }
    Keyring last = ring;
    assertRefused(Errno.ELOOP, () -> last.addKeyring("too deep"));
    token(last, "found");
    a.search(KeyType.RXRPC, "found");
    Keyring above = facility.keyring("above");
    assertRefused(Errno.ELOOP, () -> above.link(a));
  }

  @Test
  void aRevokedKeyringAskedForTellsWhy() throws KeyException {
    Keyring ring = facility.process().addKeyring("AFSkeys");
    ring.revoke();
    assertRefused(Errno.EKEYREVOKED, () -> facility.request(KeyType.KEYRING, "AFSkeys"));
  }

  @Test
  void changesAreTold() throws Exception {
    List<String> told = new ArrayList<>();
    Keyring ring = facility.process();
    try (AutoCloseable listening =
        facility.listen(c -> told.add(c.kind() + " " + c.key().description()))) {
      assertThat(listening).isNotNull();
      Key a = token(ring, "a");
      token(ring, "a");
      a.setTimeout(5);
      a.revoke();
      a.revoke();
      ring.unlink(ring.search(KeyType.RXRPC, "a"));
      ring.clear();
    }
    token(ring, "untold");
    assertThat(told)
        .containsExactly(
            "LINKED a",
            "UNLINKED a",
            "LINKED a",
            "TIMEOUT a",
            "REVOKED a",
            "UNLINKED a",
            "CLEARED _pid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"20:2", "0:2", "65535:2", "20:2:3"})
  void serverSecretsOfEightBytes(String description) throws KeyException { // Y13
    Key key = facility.process().add(KeyType.RXRPC_S, description, SECRET);
    assertThat(((ServerSecret) key.payload()).secret()).isEqualTo(SECRET);
    assertRefused( // Y9
        Errno.EINVAL, () -> facility.process().add(KeyType.RXRPC_S, description, new byte[7]));
    assertThat(key.payload().toString()).isEqualTo("server secret of 8 bytes");
  }

  @Test
  void serverSecretsOfOtherTypes() throws KeyException {
    facility.process().add(KeyType.RXRPC_S, "52:2:4:18", new byte[32]);
    facility.process().add(KeyType.RXRPC_S, "52:6:4:17", new byte[16]);
    assertRefused(Errno.EINVAL, () -> facility.process().add(KeyType.RXRPC_S, "52:2:4:18", SECRET));
    assertRefused(Errno.ENOPKG, () -> facility.process().add(KeyType.RXRPC_S, "52:2:4:99", SECRET));
    assertRefused(Errno.ENOPKG, () -> facility.process().add(KeyType.RXRPC_S, "52:9", SECRET));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "20",
        "20:",
        ":2",
        "x:2",
        "20:x",
        "65536:2",
        "20:0",
        "20:256",
        "-1:2",
        "+1:2",
        "20:2:",
        "20:2:3:17:5",
        "52:6",
        "52:6:4",
        "99999999999:2"
      })
  void serverDescriptionsThatAreNone(String description) {
    assertRefused(Errno.EINVAL, () -> facility.process().add(KeyType.RXRPC_S, description, SECRET));
  }

  @Test
  void descriptionsAndPayloadsOfKeyrings() {
    assertRefused(Errno.EINVAL, () -> facility.keyring(""));
    assertRefused(Errno.EINVAL, () -> facility.keyring("d".repeat(4096)));
    assertRefused(Errno.EPERM, () -> facility.keyring(".builtin"));
    assertRefused(Errno.EINVAL, () -> facility.process().add(KeyType.KEYRING, "k", new byte[1]));
    KeyFacility other = new KeyFacility(clock);
    assertRefused(Errno.EINVAL, () -> other.process().link(facility.process()));
  }

  @Test
  void manyThreadsAtOnce() throws Exception {
    Keyring ring = facility.process();
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
    for (int t = 0; t < 4; t++) {
      int id = t;
      threads.add(
          Thread.startVirtualThread(
              () -> {
                try {
                  for (int i = 0; i < 300; i++) {
                    Key key = token(ring, "afs@" + (i + id) % 5);
                    ring.search(KeyType.RXRPC, key.description());
                    if (i % 7 == 0) {
                      key.revoke();
                      token(ring, key.description());
                    }
                  }
                } catch (KeyException e) {
                  if (e.errno() != Errno.EKEYREVOKED && e.errno() != Errno.ENOKEY) {
                    failures.add(e);
                  }
                } catch (RuntimeException e) {
                  failures.add(e);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
    assertThat(ring.keys()).hasSizeLessThanOrEqualTo(5);
    assertThat(ring.keys().stream().map(Key::description)).doesNotHaveDuplicates();
  }
}
