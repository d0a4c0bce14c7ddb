// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import io.rxrpc.xdr.Ints;
import java.time.Instant;

/**
 * The first section: what the dump is of.
 *
 * @param fields its fields; the accessors give 0 or nothing for those that are not there
 */
public record DumpHeader(DumpFields fields) implements DumpEvent {
  static final int SECTION = 1;
  static final int MAGIC = 0xb3a11322;

  /** The only version there is. */
  static final int VERSION = 1;

  /**
   * Of a dump of a whole volume, as a server writes it.
   *
   * @param volume the id of the volume
   * @param name the name
   * @param to up to when it is
   * @return the header
   */
  public static DumpHeader full(int volume, String name, Instant to) {
    return new DumpHeader(
        DumpFields.of(
            HeaderTag.VOLUME.of(Integer.toUnsignedLong(volume)),
            HeaderTag.NAME.of(name),
            HeaderTag.DATES.of(Ints.of(0, (int) to.getEpochSecond()))));
  }

  /** {@return the volume's id, unsigned} */
  public int volume() {
    return (int) fields.numberOrZero(HeaderTag.VOLUME);
  }

  /** {@return the volume's name} */
  public String name() {
    return fields.text(HeaderTag.NAME);
  }

  /** {@return since when changes are in it; the beginning of 1970 for a full dump} */
  public Instant from() {
    return date(0);
  }

  /** {@return until when changes are in it} */
  public Instant to() {
    return date(1);
  }

  /** {@return whether it has only what changed since some date} */
  public boolean incremental() {
    return from().getEpochSecond() != 0;
  }

  private Instant date(int index) {
    Ints dates = fields.words(HeaderTag.DATES);
    return Instant.ofEpochSecond(
        index < dates.size() ? Integer.toUnsignedLong(dates.get(index)) : 0);
  }
}
