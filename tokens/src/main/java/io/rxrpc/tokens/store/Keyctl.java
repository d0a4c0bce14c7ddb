// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.store;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.rxrpc.udp.NativeAccess;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The system calls of the kernel's key retention service, made through the C library's {@code
 * syscall}: it has no functions of their own for them. A failed call returns the negative errno.
 */
final class Keyctl implements KernelKeys {
  /** The keyring of the session. */
  private static final long SESSION = -3;

  private static final long GET_KEYRING_ID = 0;
  private static final long REVOKE = 3;
  private static final long DESCRIBE = 6;
  private static final long UNLINK = 9;
  private static final long SEARCH = 10;
  private static final long READ = 11;
  private static final long SET_TIMEOUT = 15;

  private static final StructLayout ERRNO_LAYOUT = Linker.Option.captureStateLayout();
  private static final long ERRNO_OFFSET =
      ERRNO_LAYOUT.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

  /** Numbers of the system calls. */
  private record Numbers(long addKey, long keyctl) {
    /** Null where they are not known. */
    static @Nullable Numbers ofThisMachine() {
      return switch (System.getProperty("os.arch", "").toLowerCase(Locale.ROOT)) {
        case "amd64", "x86_64" -> new Numbers(248, 250);
        case "aarch64", "riscv64" -> new Numbers(217, 219);
        default -> null;
      };
    }
  }

  private final Numbers numbers;
  private final MethodHandle syscall;

  private Keyctl(Numbers numbers, MethodHandle syscall) {
    this.numbers = numbers;
    this.syscall = syscall;
  }

  /** The calls of this machine, or null where there can be none. */
  @SuppressWarnings("restricted") // what native access is enabled for
  static @Nullable Keyctl available() {
    Numbers numbers = Numbers.ofThisMachine();
    boolean linux = System.getProperty("os.name", "").equals("Linux");
    if (numbers == null || !linux) {
      return null;
    }
    Module module = Keyctl.class.getModule();
    if (!module.isNativeAccessEnabled()) {
      NativeAccess.warn(module, "tokens are kept in a file, not in the session keyring");
      return null;
    }
    Linker linker = Linker.nativeLinker();
    MemorySegment function = linker.defaultLookup().find("syscall").orElse(null);
    if (function == null) {
      return null;
    }
    FunctionDescriptor type =
        FunctionDescriptor.of(
            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    return new Keyctl(
        numbers,
        linker.downcallHandle(
            function,
            type,
            Linker.Option.firstVariadicArg(1),
            Linker.Option.captureCallState("errno")));
  }

  private long call(long number, long a, long b, long c, long d, long e) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = arena.allocate(ERRNO_LAYOUT);
      long result = (long) syscall.invokeExact(errno, number, a, b, c, d, e);
      return result != -1 ? result : -errno.get(JAVA_INT, ERRNO_OFFSET);
    } catch (RuntimeException | Error x) {
      throw x;
    } catch (Throwable x) {
      throw new IllegalStateException("a system call threw", x);
    }
  }

  @Override
  public long sessionKeyring() {
    return call(numbers.keyctl, GET_KEYRING_ID, SESSION, 0, 0, 0);
  }

  @Override
  public @Nullable String describe(long key) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(TokenStore.MAX_DESCRIPTION + 100L);
      long size = call(numbers.keyctl, DESCRIBE, key, text.address(), text.byteSize(), 0);
      return size <= 0 || size > text.byteSize() ? null : text.getString(0);
    }
  }

  @Override
  public long addKey(String type, String description, byte[] payload, long keyring) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment content = arena.allocate(Math.max(payload.length, 1));
      MemorySegment.copy(payload, 0, content, ValueLayout.JAVA_BYTE, 0, payload.length);
      try {
        return call(
            numbers.addKey,
            text(arena, type),
            text(arena, description),
            content.address(),
            payload.length,
            keyring);
      } finally {
        content.fill((byte) 0);
      }
    }
  }

  @Override
  public long search(long keyring, String type, String description) {
    try (Arena arena = Arena.ofConfined()) {
      return call(numbers.keyctl, SEARCH, keyring, text(arena, type), text(arena, description), 0);
    }
  }

  @Override
  public byte @Nullable [] read(long key, int limit) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment content = arena.allocate(limit);
      long size = call(numbers.keyctl, READ, key, content.address(), limit, 0);
      try {
        return size < 0 || size > limit
            ? null
            : content.asSlice(0, size).toArray(ValueLayout.JAVA_BYTE);
      } finally {
        content.fill((byte) 0);
      }
    }
  }

  @Override
  public long setTimeout(long key, long seconds) {
    return call(numbers.keyctl, SET_TIMEOUT, key, seconds, 0, 0);
  }

  @Override
  public long revoke(long key) {
    return call(numbers.keyctl, REVOKE, key, 0, 0, 0);
  }

  @Override
  public long unlink(long key, long keyring) {
    return call(numbers.keyctl, UNLINK, key, keyring, 0, 0);
  }

  private static long text(Arena arena, String text) {
    return arena.allocateFrom(text, StandardCharsets.UTF_8).address();
  }
}
