// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxkad.vector;

import io.rxrpc.security.rxkad.WideFcrypt;
import io.rxrpc.security.rxkad.WideFcryptSource;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Offers fcrypt by the Vector API where the JVM has that and the processor is known to be good at
 * it: Linux tells AVX-512 VBMI in /proc/cpuinfo. Elsewhere the tables stay.
 */
public final class VectorFcryptSource implements WideFcryptSource {
  private static final System.Logger LOG = System.getLogger("io.rxrpc.security");
  private static final String INCUBATOR = "jdk.incubator.vector";
  private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

  /** Whether it has come to be used, when that is known. */
  private static final CompletableFuture<Boolean> OUTCOME = new CompletableFuture<>();

  /** For the service loader. */
  public VectorFcryptSource() {}

  static void outcome(boolean used) {
    OUTCOME.complete(used);
  }

  /** Ends when the warm-up does. */
  static CompletableFuture<Boolean> outcome() {
    return OUTCOME;
  }

  @Override
  public @Nullable WideFcrypt open(byte[][] boxes, WideFcrypt tables) {
    Boxes.take(boxes);
    String why = hindrance();
    if (why != null) {
      LOG.log(Level.DEBUG, "fcrypt by vectors is not used: {0}", why);
      outcome(false);
      return null;
    }
    VectorFcrypt vectors = new VectorFcrypt();
    Thread.ofPlatform().daemon().name("rxrpc-fcrypt-warm-up").start(new WarmUp(vectors, tables));
    return vectors;
  }

  /** What keeps the vectors from being fast, or null. */
  static @Nullable String hindrance() {
    if (ModuleLayer.boot().findModule(INCUBATOR).isEmpty()) {
      return "the JVM was started without --add-modules " + INCUBATOR;
    }
    try {
      // Permutations of 128 octets by one instruction; all else is slower than tables.
      if (!Files.isReadable(PROCESSOR)
          || Files.readAllLines(PROCESSOR).stream()
              .noneMatch(line -> line.startsWith("flags") && line.contains(" avx512vbmi "))) {
        return "no processor known to have AVX-512 VBMI";
      }
    } catch (IOException e) {
      return PROCESSOR + " cannot be read: " + e.getMessage();
    }
    return SlicedRounds.fit() ? null : "the JVM uses no registers of 64 octets";
  }
}
