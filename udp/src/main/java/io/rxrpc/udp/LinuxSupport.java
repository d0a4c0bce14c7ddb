// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

import java.lang.foreign.MemorySegment;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether LinuxPort works in this process; asked once. */
final class LinuxSupport {
  private static boolean forbidden;
  private static final @Nullable String MISSING = findMissing();

  private LinuxSupport() {}

  /** Why LinuxPort is not available, or null when it is. */
  static @Nullable String missing() {
    return MISSING;
  }

  /** Whether nothing but the leave to call native functions is missing, as far as can be known. */
  static boolean forbidden() {
    return forbidden;
  }

  private static @Nullable String findMissing() {
    String system = System.getProperty("os.name", "unknown");
    String machine = System.getProperty("os.arch", "unknown").toLowerCase(Locale.ROOT);
    if (!system.equals("Linux")) {
      return "the system is " + system + ", not Linux";
    }
    // Others have other numbers for the socket options.
    if (!machine.equals("amd64") && !machine.equals("x86_64") && !machine.equals("aarch64")) {
      return "the machine is " + machine + ", not x86-64 or aarch64";
    }
    String cure = NativeAccess.cure(LinuxSupport.class.getModule());
    if (cure != null) {
      forbidden = true;
      return "native access is off, " + cure;
    }
    try {
      return tryCalls(new LinuxCalls());
    } catch (LinkageError | RuntimeException e) {
      return "the system calls do not link: " + e;
    }
  }

  /** A sandbox may forbid what links well. */
  private static @Nullable String tryCalls(LinuxCalls calls) {
    MemorySegment errno = LinuxCalls.newErrno();
    int socket = calls.socket(errno, Linux.AF_INET, Linux.SOCK_DGRAM | Linux.SOCK_CLOEXEC, 0);
    if (socket == -Errno.EAFNOSUPPORT.number()) {
      return null; // a host of IPv6 only
    }
    if (socket < 0) {
      return "socket: " + Errno.describe(-socket);
    }
    calls.close(errno, socket);
    int event = calls.eventfd(errno, 0, Linux.EFD_CLOEXEC);
    if (event < 0) {
      return "eventfd: " + Errno.describe(-event);
    }
    calls.close(errno, event);
    return null;
  }
}
