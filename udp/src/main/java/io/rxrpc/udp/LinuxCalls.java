// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The system calls of LinuxPort, one method each. Addresses are plain longs: the caller keeps the
 * memory alive, and no call pays for holding a shared arena. A failed call returns the negative
 * errno. Not final, so that a test can let calls fail.
 */
class LinuxCalls {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");

  private static final MethodHandle SOCKET = intCall("socket", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle BIND = intCall("bind", JAVA_INT, JAVA_LONG, JAVA_INT);
  private static final MethodHandle SETSOCKOPT =
      intCall("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT);
  private static final MethodHandle GETSOCKOPT =
      intCall("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle GETSOCKNAME =
      intCall("getsockname", JAVA_INT, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle EVENTFD = intCall("eventfd", JAVA_INT, JAVA_INT);
  private static final MethodHandle CLOSE = intCall("close", JAVA_INT);
  private static final MethodHandle PPOLL =
      intCall("ppoll", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle RECVMMSG =
      intCall("recvmmsg", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG);
  private static final MethodHandle SENDMMSG =
      intCall("sendmmsg", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT);
  private static final MethodHandle RECVMSG = longCall("recvmsg", JAVA_INT, JAVA_LONG, JAVA_INT);
  private static final MethodHandle READ = longCall("read", JAVA_INT, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle WRITE = longCall("write", JAVA_INT, JAVA_LONG, JAVA_LONG);

  private static final MethodHandle MMAP =
      longCall("mmap", JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG);
  private static final MethodHandle MUNMAP = intCall("munmap", JAVA_LONG, JAVA_LONG);

  private static MethodHandle intCall(String name, MemoryLayout... parameters) {
    return link(name, FunctionDescriptor.of(JAVA_INT, parameters));
  }

  private static MethodHandle longCall(String name, MemoryLayout... parameters) {
    return link(name, FunctionDescriptor.of(JAVA_LONG, parameters));
  }

  @SuppressWarnings("restricted") // what native access is enabled for
  private static MethodHandle link(String name, FunctionDescriptor type) {
    MemorySegment function =
        LINKER
            .defaultLookup()
            .find(name)
            .orElseThrow(() -> new UnsatisfiedLinkError("the C library has no " + name));
    return LINKER.downcallHandle(function, type, ERRNO);
  }

  /** Where a call leaves its errno. One for each thread or lock that makes calls. */
  static MemorySegment newErrno() {
    // Of an automatic arena: passing it to a call costs no hold on a shared one.
    return Arena.ofAuto().allocate(Linker.Option.captureStateLayout());
  }

  int socket(MemorySegment errno, int family, int type, int protocol) {
    try {
      return result((int) SOCKET.invokeExact(errno, family, type, protocol), errno);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int bind(MemorySegment errno, int fd, long name, int length) {
    try {
      return result((int) BIND.invokeExact(errno, fd, name, length), errno);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int setsockopt(MemorySegment errno, int fd, int level, int option, long value, int length) {
    try {
      return result((int) SETSOCKOPT.invokeExact(errno, fd, level, option, value, length), errno);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int getsockopt(MemorySegment errno, int fd, int level, int option, long value, long length) {
    try {
      return result((int) GETSOCKOPT.invokeExact(errno, fd, level, option, value, length), errno);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int getsockname(MemorySegment errno, int fd, long name, long length) {
    try {
      return result((int) GETSOCKNAME.invokeExact(errno, fd, name, length), errno);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int eventfd(MemorySegment errno, int initial, int flags) {
    try {
      return result((int) EVENTFD.invokeExact(errno, initial, flags), errno);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int close(MemorySegment errno, int fd) {
    try {
      return result((int) CLOSE.invokeExact(errno, fd), errno);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int ppoll(MemorySegment errno, long fds, long count, long timeout) {
    try {
      return result((int) PPOLL.invokeExact(errno, fds, count, timeout, 0L), errno);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int recvmmsg(MemorySegment errno, int fd, long messages, int count, int flags) {
    try {
      return result((int) RECVMMSG.invokeExact(errno, fd, messages, count, flags, 0L), errno);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int sendmmsg(MemorySegment errno, int fd, long messages, int count, int flags) {
    try {
      return result((int) SENDMMSG.invokeExact(errno, fd, messages, count, flags), errno);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int recvmsg(MemorySegment errno, int fd, long message, int flags) {
    try {
      return result((int) (long) RECVMSG.invokeExact(errno, fd, message, flags), errno);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int read(MemorySegment errno, int fd, long buffer, long length) {
    try {
      return result((int) (long) READ.invokeExact(errno, fd, buffer, length), errno);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int write(MemorySegment errno, int fd, long buffer, long length) {
    try {
      return result((int) (long) WRITE.invokeExact(errno, fd, buffer, length), errno);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Memory of its own for nothing but zeros; the address, or the negative errno. */
  long mapAnonymous(MemorySegment errno, long bytes) {
    try {
      int protection = Linux.PROT_READ | Linux.PROT_WRITE;
      int flags = Linux.MAP_PRIVATE | Linux.MAP_ANONYMOUS;
      long address = (long) MMAP.invokeExact(errno, 0L, bytes, protection, flags, -1, 0L);
      return address == Linux.MAP_FAILED ? -errno.get(JAVA_INT, 0) : address;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int munmap(MemorySegment errno, long address, long bytes) {
    try {
      return result((int) MUNMAP.invokeExact(errno, address, bytes), errno);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static int result(int returned, MemorySegment errno) {
    return returned >= 0 ? returned : -errno.get(JAVA_INT, 0);
  }

  /** A downcall throws nothing of its own; what arrives is a defect or the end of the JVM. */
  private static RuntimeException unexpected(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    if (e instanceof RuntimeException exception) {
      return exception;
    }
    return new IllegalStateException(e);
  }
}
