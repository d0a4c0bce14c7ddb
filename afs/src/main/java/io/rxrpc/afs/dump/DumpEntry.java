// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import java.time.Instant;
import java.util.Optional;

/**
 * One name of one vnode of a dump.
 *
 * @param path from the volume's root, {@code /} for the root itself; where no way from the root is
 *     in the dump it begins with {@code #VNODE.UNIQUE} instead. Octets that are no UTF-8 are as
 *     {@link io.rxrpc.xdr.XdrText} shows them; {@link #printable} is for people
 * @param vnode the whole vnode, its fields behind the data included
 * @param kind what it is
 * @param size how many octets of data it has
 * @param target of a symlink its target, of a mount point what it names
 * @param acl of a directory its access list
 * @param offset where the vnode begins in the dump, in octets
 */
public record DumpEntry(
    String path,
    VnodeHeader vnode,
    VnodeKind kind,
    long size,
    Optional<String> target,
    Optional<DumpAcl> acl,
    long offset) {
  private static final String BITS = "rwxrwxrwx";

  /** {@return the Unix mode bits} */
  public int mode() {
    return vnode.mode();
  }

  /** {@return when it was changed, as its clients say} */
  public Instant modified() {
    return vnode.modified();
  }

  /**
   * {@return the kind and the mode as {@code ls -l} shows them: {@code -rw-r--r--}, {@code d},
   * {@code l}, and {@code m} for a mount point; {@code ?} for what the dump does not say}
   */
  public String modeText() {
    StringBuilder text = new StringBuilder(1 + BITS.length());
    text.append(
        switch (kind) {
          case FILE -> '-';
          case DIRECTORY -> 'd';
          case SYMLINK -> 'l';
          case MOUNT_POINT -> 'm';
          case UNCHANGED, UNKNOWN -> '?';
        });
    for (int i = 0; i < BITS.length(); i++) {
      text.append((mode() & 1 << (BITS.length() - 1 - i)) != 0 ? BITS.charAt(i) : '-');
    }
    return text.toString();
  }

  /**
   * {@return a path, name or target for a terminal: control characters, backslashes and octets that
   * are no UTF-8 as {@code \ooo}, in octal}
   *
   * @param text the text
   */
  public static String printable(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (c == '\\' || c < ' ' || c == 0x7f) {
                octal(shown, c);
              } else if (Character.getType(c) == Character.SURROGATE) {
                octal(shown, c & 0xff);
              } else if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                for (byte octet :
                    Character.toString(c).getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
                  octal(shown, octet & 0xff);
                }
              } else {
                shown.appendCodePoint(c);
              }
            });
    return shown.toString();
  }

  private static void octal(StringBuilder to, int octet) {
    to.append('\\');
    for (int shift = 6; shift >= 0; shift -= 3) {
      to.append((char) ('0' + (octet >>> shift & 7)));
    }
  }

  DumpEntry withPath(String named) {
    return new DumpEntry(named, vnode, kind, size, target, acl, offset);
  }
}
