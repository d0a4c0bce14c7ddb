// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.vl;

import static io.rxrpc.afs.vl.VlConstants.VLLIST_FLAG;
import static io.rxrpc.afs.vl.VlConstants.VLLIST_PARTITION;
import static io.rxrpc.afs.vl.VlConstants.VLLIST_SERVER;
import static io.rxrpc.afs.vl.VlConstants.VLLIST_VOLUMEID;

import io.rxrpc.afs.Partition;
import io.rxrpc.afs.form.Inet4;
import java.net.InetAddress;

/**
 * Which entries to list; everything that is asked for must be so. Immutable.
 *
 * <pre>{@code
 * vldb.entries(EntryFilter.ALL.server(address).partition(Partition.parse("a")))
 * }</pre>
 */
public final class EntryFilter {
  /** All entries. */
  public static final EntryFilter ALL =
      new EntryFilter(new VldbListByAttributes(0, 0, 0, 0, 0, 0), "");

  private final VldbListByAttributes attributes;
  private final String name;

  private EntryFilter(VldbListByAttributes attributes, String name) {
    this.attributes = attributes;
    this.name = name;
  }

  private EntryFilter with(int mask, int server, int partition, int volumeId, int flag) {
    return new EntryFilter(
        new VldbListByAttributes(attributes.mask() | mask, server, partition, 0, volumeId, flag),
        name);
  }

  /**
   * {@return those with a site at this server, by one of its IPv4 addresses}
   *
   * @param address the address
   */
  public EntryFilter server(InetAddress address) {
    return with(
        VLLIST_SERVER,
        Inet4.number(address),
        attributes.partition(),
        attributes.volumeid(),
        attributes.flag());
  }

  /**
   * {@return those with a site on this partition}
   *
   * @param partition the partition
   */
  public EntryFilter partition(Partition partition) {
    return with(
        VLLIST_PARTITION,
        attributes.server(),
        partition.id(),
        attributes.volumeid(),
        attributes.flag());
  }

  /**
   * {@return the one with this id; whatever else is asked for does not count then}
   *
   * @param id the id
   */
  public EntryFilter volumeId(int id) {
    return with(
        VLLIST_VOLUMEID, attributes.server(), attributes.partition(), id, attributes.flag());
  }

  /**
   * {@return those with any of these flags: VLOP_ of {@link VlConstants} for what is locked}
   *
   * @param flags bits that all have to be set
   */
  public EntryFilter flags(int flags) {
    return with(
        VLLIST_FLAG, attributes.server(), attributes.partition(), attributes.volumeid(), flags);
  }

  /**
   * {@return those with a volume of such a name, also with .readonly and .backup: a basic regular
   * expression of POSIX for the whole name} Servers take one from super-users only.
   *
   * @param expression a regular expression for the whole name
   */
  public EntryFilter named(String expression) {
    return new EntryFilter(attributes, expression);
  }

  VldbListByAttributes attributes() {
    return attributes;
  }

  String expression() {
    return name;
  }
}
