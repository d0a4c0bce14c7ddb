// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.cpp;

import io.rxrpc.rxgen.source.Place;

/** Something that cannot be read or worked out; the message is for the user. */
public class MalformedInput extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Place place;

  /** That, there. */
  public MalformedInput(Place place, String message) {
    super(message, null, false, false);
    this.place = place;
  }

  /** Where. */
  public Place place() {
    return place;
  }

  /** What {@link #getMessage} says. */
  public String message() {
    return String.valueOf(getMessage());
  }
}
