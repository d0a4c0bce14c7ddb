// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import io.rxrpc.xdr.Ints;
import io.rxrpc.xdr.XdrText;

/** A tag whose meaning is known. */
public sealed interface DumpTag permits HeaderTag, VolumeTag, VnodeTag {
  /** The octet in the stream. */
  int tag();

  /** What lies behind it. */
  FieldLayout layout();

  /**
   * A field with this tag.
   *
   * @param number the value, 0 up to what the layout has room for
   * @throws IllegalArgumentException when this tag has no number, or a smaller one
   */
  default DumpField of(long number) {
    return DumpField.ofNumber(this, number);
  }

  /**
   * A field with this tag. Octets that are no UTF-8 are written as {@link XdrText} shows them.
   *
   * @throws IllegalArgumentException when this tag has no text, or the text has a NUL
   */
  default DumpField of(String text) {
    return DumpField.ofText(this, text);
  }

  /**
   * A field with this tag.
   *
   * @throws IllegalArgumentException when this tag has no list of words, or there are more than
   *     65535
   */
  default DumpField of(Ints words) {
    return DumpField.ofWords(this, words);
  }

  /**
   * A field with this tag.
   *
   * @throws IllegalArgumentException when this tag has no access list
   */
  default DumpField of(DumpAcl acl) {
    return DumpField.ofAcl(this, acl);
  }
}
