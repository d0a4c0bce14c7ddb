// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import io.rxrpc.afs.dump.DumpFinding.Severity;
import java.util.ArrayList;
import java.util.List;

/** The first findings, and how many there were. */
final class Findings {
  private final int most;
  private final List<DumpFinding> kept = new ArrayList<>();
  private long all;
  private long errors;

  Findings(int most) {
    this.most = most;
  }

  void add(Severity severity, long offset, String subject, String problem) {
    all++;
    errors += severity == Severity.ERROR ? 1 : 0;
    if (kept.size() < most) {
      kept.add(new DumpFinding(severity, offset, subject, problem));
    }
  }

  /** The error that ended the work is kept even when others have taken all the room. */
  void fatal(long offset, String subject, String problem) {
    if (kept.size() == most && most > 0) {
      kept.removeLast();
    }
    error(offset, subject, problem);
  }

  void error(long offset, String subject, String problem) {
    add(Severity.ERROR, offset, subject, problem);
  }

  void warning(long offset, String subject, String problem) {
    add(Severity.WARNING, offset, subject, problem);
  }

  void note(long offset, String subject, String problem) {
    add(Severity.NOTE, offset, subject, problem);
  }

  List<DumpFinding> kept() {
    return List.copyOf(kept);
  }

  long all() {
    return all;
  }

  long errors() {
    return errors;
  }
}
