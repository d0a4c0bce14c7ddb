// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.store;

import org.jspecify.annotations.Nullable;

/** What is asked of the kernel's keys. A number that is negative is an errno. */
interface KernelKeys {
  int EPERM = 1;
  int ENOENT = 2;
  int EACCES = 13;
  int ENODEV = 19;
  int EINVAL = 22;
  int ENOSYS = 38;
  int EPROTONOSUPPORT = 93;
  int EOPNOTSUPP = 95;
  int EDQUOT = 122;
  int ENOKEY = 126;
  int EKEYEXPIRED = 127;
  int EKEYREVOKED = 128;

  /**
   * The number of the session's keyring. Without one of its own a process is given that of its
   * user, where other processes of the user find the keys again; one made for it would end with it.
   */
  long sessionKeyring();

  /** {@code type;uid;gid;permissions;description}, or null. */
  @Nullable String describe(long key);

  long addKey(String type, String description, byte[] payload, long keyring);

  /** Searches a keyring and those below. */
  long search(long keyring, String type, String description);

  /** The payload, which the caller erases, or null if it cannot be read or is larger. */
  byte @Nullable [] read(long key, int limit);

  long setTimeout(long key, long seconds);

  long revoke(long key);

  long unlink(long key, long keyring);
}
