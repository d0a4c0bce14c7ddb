// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import io.rxrpc.afs.dump.DumpException.Reason;
import io.rxrpc.xdr.Octets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The fields of one section, bounds before memory. */
final class FieldReader {
  private final DumpInput in;
  private final int limit;
  private final ByteArrayOutputStream value = new ByteArrayOutputStream();
  private long left;

  FieldReader(DumpInput in, int limit) {
    this.in = in;
    this.limit = limit;
  }

  /** All up to the next section, or up to a vnode's data. */
  DumpFields read(Section section) throws IOException {
    List<DumpField> fields = new ArrayList<>();
    left = limit;
    while (true) {
      long at = in.offset();
      int tag = in.peek(section.what());
      if (tag <= FieldLayout.LAST_SECTION) {
        return new DumpFields(fields);
      }
      if (!FieldLayout.isField(tag)) {
        throw new DumpException(
            Reason.TAG,
            at,
            "tag 0x%02x in %s: its length is not known".formatted(tag, section.what()));
      }
      FieldLayout layout = section.layout(tag);
      if (layout == FieldLayout.DATA || layout == FieldLayout.LONG_DATA) {
        return new DumpFields(fields);
      }
      in.u8(section.what());
      fields.add(new DumpField(tag, layout, value(layout, at, section)));
    }
  }

  private Octets value(FieldLayout layout, long at, Section section) throws IOException {
    value.reset();
    spend(DumpLimits.FIELD, at, section);
    switch (layout) {
      case TEXT -> text(at, section);
      case WORDS -> {
        copy(2, at, section);
        byte[] count = value.toByteArray();
        copy(4L * ((count[0] & 0xff) << 8 | (count[1] & 0xff)), at, section);
      }
      case COUNTED -> counted(at, section);
      default -> copy(layout.octets(), at, section);
    }
    return Octets.of(value.toByteArray());
  }

  private void text(long at, Section section) throws IOException {
    int octet;
    do {
      spend(1, at, section);
      octet = in.u8(section.what());
      value.write(octet);
    } while (octet != 0);
  }

  private void counted(long at, Section section) throws IOException {
    int first = in.u8(section.what());
    spend(1, at, section);
    value.write(first);
    if (first < Counted.LONG_FORM) {
      copy(first, at, section);
      return;
    }
    int octets = first - Counted.LONG_FORM;
    if (octets == 0 || octets > Counted.MOST_OCTETS) {
      throw new DumpException(
          Reason.TAG, at, "a length of %d octets in %s".formatted(octets, section.what()));
    }
    copy(octets, at, section);
    long length = 0;
    for (byte octet : value.toByteArray()) {
      length = length << 8 | (octet & 0xff); // the first octet is shifted out, or masked below
    }
    if (octets < Counted.MOST_OCTETS) {
      length &= (1L << (8 * octets)) - 1;
    }
    copy(length, at, section);
  }

  private void copy(long octets, long at, Section section) throws IOException {
    spend(octets, at, section);
    in.copy((int) octets, value, section.what());
  }

  private void spend(long octets, long at, Section section) throws DumpException {
    if (octets < 0 || octets > left) {
      throw new DumpException(
          Reason.LIMIT,
          at,
          "the fields of %s are above the limit of %d octets".formatted(section.what(), limit));
    }
    left -= octets;
  }
}
