// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import java.util.List;
import java.util.Optional;

/**
 * What an operation on a whole dump met.
 *
 * @param header the dump's header, if it was reached
 * @param volume the volume's header, if it was reached
 * @param complete whether the dump was read up to its end
 * @param files how many files there are
 * @param directories how many directories
 * @param symlinks how many symlinks
 * @param mountPoints how many mount points
 * @param unchanged how many vnodes are there without anything about them, in an incremental dump
 * @param data how many octets of data all have
 * @param octets how many octets of the dump were read
 * @param findings what was found, the first {@link DumpLimits#findings}, and always what ended it
 * @param allFindings how many findings there were
 * @param errors how many of them are errors
 */
public record DumpReport(
    Optional<DumpHeader> header,
    Optional<VolumeHeader> volume,
    boolean complete,
    long files,
    long directories,
    long symlinks,
    long mountPoints,
    long unchanged,
    long data,
    long octets,
    List<DumpFinding> findings,
    long allFindings,
    long errors) {
  /** Keeps a copy of the list. */
  public DumpReport {
    findings = List.copyOf(findings);
  }

  /** {@return whether nothing is damaged} */
  public boolean sound() {
    return errors == 0;
  }
}
