// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;

/** Fields that nobody knows, and fields that come twice. */
final class FieldCheck {
  private final Findings findings;

  /** Unknown tags are mentioned once a section. */
  private final Map<Section, BitSet> mentioned = new EnumMap<>(Section.class);

  FieldCheck(Findings findings) {
    this.findings = findings;
  }

  void check(Section section, DumpFields fields, long offset, String subject) {
    BitSet seen = new BitSet();
    BitSet unknown = mentioned.computeIfAbsent(section, s -> new BitSet());
    for (DumpField field : fields.all()) {
      int tag = field.tag();
      if (section.known(tag) == null) {
        if (tag != FieldLayout.CRITICAL && !unknown.get(tag)) {
          unknown.set(tag);
          findings.note(
              offset,
              subject,
              "tag 0x%02x in %s is not known, and is kept".formatted(tag, section.what()));
        }
      } else if (seen.get(tag)) {
        findings.warning(offset, subject, "tag '" + (char) tag + "' comes more than once");
      }
      seen.set(tag);
    }
  }
}
