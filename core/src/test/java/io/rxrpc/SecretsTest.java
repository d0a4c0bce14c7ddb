// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static io.rxrpc.Ends.SERVICE;
import static io.rxrpc.Ends.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.rxrpc.key.RxkadToken;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.rxkad.RxkadClient;
import io.rxrpc.security.rxkad.RxkadServer;
import io.rxrpc.security.rxkad.ServerKeys;
import io.rxrpc.security.rxkad.TicketIssuer;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;

/** No key shows up in a log, an exception or a description, whatever goes wrong. */
class SecretsTest {
  private static final byte[] KEY = HexFormat.of().parseHex("d3f1a2b4c5e60719");
  private static final byte[] OTHER = HexFormat.of().parseHex("1f2e3d4c5b6a7988");

  private final Queue<String> texts = new ConcurrentLinkedQueue<>();

  @Test
  void keysAreNowhereToBeRead() throws Exception {
    Logger root = Logger.getLogger("");
    Logger ours = Logger.getLogger("io.rxrpc");
    Noting noting = new Noting();
    java.util.logging.Level before = ours.getLevel();
    ours.setLevel(java.util.logging.Level.ALL);
    root.addHandler(noting);
    try {
      RxkadToken token = token(KEY);
      RxkadToken forged = token(OTHER);
      calls(token, forged);
      describe(token);
      assertThat(noting.records).as("something was logged").isPositive();
      assertThat(texts).hasSizeGreaterThan(10);
      for (byte[] secret : List.of(KEY, OTHER, token.sessionKey(), forged.sessionKey())) {
        assertHidden(secret);
      }
    } finally {
      root.removeHandler(noting);
      ours.setLevel(before);
    }
  }

  private static RxkadToken token(byte[] key) {
    return TicketIssuer.classic(3, key, new SecureRandom())
        .issue("alice", "", "EXAMPLE.COM", Instant.now(), Duration.ofHours(1));
  }

  private void calls(RxkadToken token, RxkadToken forged) throws Exception {
    Tunables quick =
        Tunables.fromProperties().with(Tunable.RESPONSE_REFUSAL_DELAY, Duration.ofMillis(1));
    try (Ends ends = Ends.DEFAULT.open(quick)) {
      RxkadServiceOptions.Only options = ServiceOptions.rxkad(ServerKeys.des(3, KEY));
      ends.server()
          .serve(
              SERVICE,
              options.minimumLevel(SecurityLevel.AUTH),
              call -> {
                throw new IllegalStateException("meant to happen, for " + call.identity());
              });
      for (RxkadToken t : List.of(token, forged)) {
        for (SecurityLevel level : SecurityLevel.values()) {
          CallOptions with = CallOptions.DEFAULT.token(t, level);
          note(catchThrowable(() -> ends.client().call(ends.address(), bytes(9), with)));
        }
      }
      token.destroy();
      CallOptions with = CallOptions.DEFAULT.token(token, SecurityLevel.AUTH);
      note(catchThrowable(() -> ends.client().call(ends.address(), bytes(9), with)));
    }
  }

  private void describe(RxkadToken token) {
    InstantSource clock = InstantSource.system();
    ServerKeys keys = ServerKeys.des(3, KEY);
    texts.add(token.toString());
    texts.add(keys.toString());
    texts.add(ServiceOptions.rxkad(keys).toString());
    texts.add(new RxkadClient(token, SecurityLevel.ENCRYPT, clock).toString());
    texts.add(RxkadServer.builder(keys, clock).build().toString());
    texts.add(TicketIssuer.classic(3, KEY, new SecureRandom()).toString());
  }

  private void note(Throwable failure) {
    assertThat(failure).isNotNull();
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    texts.add(text.toString());
  }

  private void assertHidden(byte[] secret) {
    String hex = HexFormat.of().formatHex(secret);
    List<String> forms =
        List.of(
            hex,
            HexFormat.ofDelimiter(":").formatHex(secret),
            HexFormat.ofDelimiter(" ").formatHex(secret),
            Base64.getEncoder().encodeToString(secret).toLowerCase(Locale.ROOT),
            Arrays.toString(secret));
    for (String text : texts) {
      assertThat(text.toLowerCase(Locale.ROOT)).doesNotContain(forms);
    }
  }

  /** Keeps what is logged, exceptions included. */
  private final class Noting extends Handler {
    private final SimpleFormatter formatter = new SimpleFormatter();
    private volatile int records;

    @Override
    public void publish(LogRecord record) {
      texts.add(formatter.format(record));
      records = 1;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
