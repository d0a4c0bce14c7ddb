// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.serving;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/** A datagram socket of unix(7), as systemd has one; a minute without a notice is a failure. */
final class NoticeReceiver implements AutoCloseable {
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVTIMEO = 20;
  private static final long PATIENCE_SECONDS = 60;
  private static final int ROOM = 4096;

  private static final MethodHandle SOCKET =
      call("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle BIND =
      call("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle SETSOCKOPT =
      call(
          "setsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle RECV =
      call("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle CLOSE =
      call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  private final Arena arena = Arena.ofConfined();
  private final int fd;

  /** Binds to a name: a path, or @ and an abstract name. */
  NoticeReceiver(String name) throws Throwable {
    fd = (int) SOCKET.invokeExact(AF_UNIX, SOCK_DGRAM, 0);
    byte[] path = name.getBytes(StandardCharsets.UTF_8);
    MemorySegment address = arena.allocate(110, 2);
    address.set(JAVA_SHORT_UNALIGNED, 0, (short) AF_UNIX);
    MemorySegment.copy(path, 0, address, JAVA_BYTE, 2, path.length);
    int length = 2 + path.length + 1;
    if (path[0] == '@') {
      address.set(JAVA_BYTE, 2, (byte) 0);
      length--;
    }
    assertThat((int) BIND.invokeExact(fd, address, length)).isZero();
    MemorySegment patience = arena.allocate(16, 8);
    patience.set(JAVA_LONG, 0, PATIENCE_SECONDS);
    assertThat((int) SETSOCKOPT.invokeExact(fd, SOL_SOCKET, SO_RCVTIMEO, patience, 16)).isZero();
  }

  @SuppressWarnings("restricted")
  private static MethodHandle call(String name, FunctionDescriptor type) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), type);
  }

  String receive() throws Throwable {
    MemorySegment room = arena.allocate(ROOM);
    long length = (long) RECV.invokeExact(fd, room, (long) ROOM, 0);
    assertThat(length).as("a notice").isNotNegative();
    return new String(room.asSlice(0, length).toArray(JAVA_BYTE), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws Exception {
    try {
      assertThat((int) CLOSE.invokeExact(fd)).isZero();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    arena.close();
  }
}
