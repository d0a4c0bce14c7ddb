// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

/**
 * Something about a dump that somebody should know.
 *
 * @param severity how bad it is
 * @param offset where it is, in octets from the beginning of the dump: of the vnode or the section
 * @param subject what it is about: {@code dump}, {@code volume}, {@code vnode 4}
 * @param problem what it is, in one line; names from the dump are in it as {@link
 *     DumpEntry#printable} shows them
 */
public record DumpFinding(Severity severity, long offset, String subject, String problem) {
  /** How bad a finding is. */
  public enum Severity {
    /** The dump is damaged, or something in it cannot be reached or read. */
    ERROR,
    /** Numbers that do not agree; a server takes it and a salvager would put it right. */
    WARNING,
    /** Unusual, and kept as it is. */
    NOTE
  }

  /** For example {@code error: vnode 4, octet 2711: no name leads to it}. */
  @Override
  public String toString() {
    return severity.name().toLowerCase(java.util.Locale.ROOT)
        + ": "
        + subject
        + ", octet "
        + offset
        + ": "
        + problem;
  }
}
