// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import io.rxrpc.xdr.Ints;
import io.rxrpc.xdr.XdrText;

/** A tag whose meaning is known. */
public sealed interface DumpTag permits HeaderTag, VolumeTag, VnodeTag {
  /** {@return the octet in the stream} */
  int tag();

  /** {@return what lies behind it} */
  FieldLayout layout();

  /**
   * {@return a field with this tag}
   *
   * @param number the value, 0 up to what the layout has room for
   * @throws IllegalArgumentException when this tag has no number, or a smaller one
   */
  default DumpField of(long number) {
    return DumpField.ofNumber(this, number);
  }

  /**
   * {@return a field with this tag} Octets that are no UTF-8 are written as {@link XdrText} shows
   * them.
   *
   * @param text the text
   * @throws IllegalArgumentException when this tag has no text, or the text has a NUL
   */
  default DumpField of(String text) {
    return DumpField.ofText(this, text);
  }

  /**
   * {@return a field with this tag}
   *
   * @param words its words
   * @throws IllegalArgumentException when this tag has no list of words, or there are more than
   *     65535
   */
  default DumpField of(Ints words) {
    return DumpField.ofWords(this, words);
  }

  /**
   * {@return a field with this tag}
   *
   * @param acl an access list
   * @throws IllegalArgumentException when this tag has no access list
   */
  default DumpField of(DumpAcl acl) {
    return DumpField.ofAcl(this, acl);
  }
}
