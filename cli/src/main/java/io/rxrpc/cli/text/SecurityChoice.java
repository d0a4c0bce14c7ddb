// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.text;

import io.rxrpc.key.Token;

/** Security classes as people write them. */
public enum SecurityChoice {
  /** 56 bits, what servers of OpenAFS 1.8 know. */
  RXKAD("rxkad", 2),
  /** AES, as OpenAFS's next servers know it. */
  RXGK("rxgk", 4),
  /** AES, as YFS and Linux know it. */
  YFS_RXGK("yfs-rxgk", 6);

  private final String label;
  private final int index;

  SecurityChoice(String label, int index) {
    this.label = label;
    this.index = index;
  }

  /** The word. */
  public String label() {
    return label;
  }

  /** The number on the wire. */
  public int index() {
    return index;
  }

  /** Whether a token is for it. */
  public boolean takes(Token token) {
    return token.securityIndex() == index;
  }

  /** Reads the word. */
  public static final class Text extends WordConverter<SecurityChoice> {
    Text() {
      super(values(), SecurityChoice::label);
    }
  }
}
