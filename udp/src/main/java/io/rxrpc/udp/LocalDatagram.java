// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/**
 * One datagram to a socket of this machine that has a name instead of a port (unix(7)): the JDK has
 * only streams of that kind. For notices to whoever started this process. Safe for all threads.
 */
public final class LocalDatagram {
  private static final int AF_UNIX = 1;
  private static final int SUN_PATH = 2;
  private static final int MOST_NAME = 107;

  private LocalDatagram() {}

  /**
   * Sends a datagram; does not wait for a receiver that is slow.
   *
   * @param name a path, or {@code @} and an abstract name
   * @param payload what is sent; read before this returns
   * @throws IOException if there is no such socket, its queue is full, the name is longer than 107
   *     octets, or this process may not make system calls (then the message says the cure)
   */
  public static void send(String name, byte[] payload) throws IOException {
    String missing = LinuxSupport.missing();
    if (missing != null) {
      throw new IOException(missing);
    }
    byte[] path = name.getBytes(StandardCharsets.UTF_8);
    if (path.length == 0 || path.length > MOST_NAME) {
      throw new IOException("'" + name + "' is no name of a socket: it has 1 to 107 octets");
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = arena.allocate(SUN_PATH + MOST_NAME + 1L, Short.BYTES);
      address.set(JAVA_SHORT_UNALIGNED, 0, (short) AF_UNIX);
      MemorySegment.copy(path, 0, address, JAVA_BYTE, SUN_PATH, path.length);
      boolean isAbstract = path[0] == '@';
      if (isAbstract) {
        address.set(JAVA_BYTE, SUN_PATH, (byte) 0);
      }
      int length = SUN_PATH + path.length + (isAbstract ? 0 : 1);
      MemorySegment data = arena.allocate(Math.max(1, payload.length));
      MemorySegment.copy(payload, 0, data, JAVA_BYTE, 0, payload.length);
      send(address, length, data, payload.length, name);
    }
  }

  private static void send(
      MemorySegment address, int addressLength, MemorySegment data, int length, String name)
      throws IOException {
    LinuxCalls calls = new LinuxCalls();
    MemorySegment errno = LinuxCalls.newErrno();
    int fd = calls.socket(errno, AF_UNIX, Linux.SOCK_DGRAM | Linux.SOCK_CLOEXEC, 0);
    if (fd < 0) {
      throw new IOException("socket: " + Errno.describe(-fd));
    }
    try {
      int flags = Linux.MSG_DONTWAIT | Linux.MSG_NOSIGNAL;
      long sent = Sending.sendto(errno, fd, data, length, flags, address, addressLength);
      if (sent < 0) {
        throw new IOException(name + ": " + Errno.describe((int) -sent));
      }
    } finally {
      calls.close(errno, fd);
    }
  }

  /** Linked when it is needed: most processes never do. */
  private static final class Sending {
    private static final MethodHandle SENDTO = link();

    private Sending() {}

    @SuppressWarnings("restricted") // what native access is enabled for
    private static MethodHandle link() {
      Linker linker = Linker.nativeLinker();
      ValueLayout.OfLong pointer = JAVA_LONG;
      return linker.downcallHandle(
          linker
              .defaultLookup()
              .find("sendto")
              .orElseThrow(() -> new UnsatisfiedLinkError("the C library has no sendto")),
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_INT, pointer, JAVA_LONG, JAVA_INT, pointer, JAVA_INT),
          Linker.Option.captureCallState("errno"));
    }

    static long sendto(
        MemorySegment errno,
        int fd,
        MemorySegment data,
        int length,
        int flags,
        MemorySegment address,
        int addressLength) {
      try {
        long sent =
            (long)
                SENDTO.invokeExact(
                    errno,
                    fd,
                    data.address(),
                    (long) length,
                    flags,
                    address.address(),
                    addressLength);
        return sent >= 0 ? sent : -errno.get(JAVA_INT, 0);
      } catch (Error | RuntimeException e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException(e); // a downcall throws nothing of its own
      }
    }
  }
}
