// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.cpp;

import io.rxrpc.rxgen.cpp.CppToken.Kind;
import io.rxrpc.rxgen.source.Place;
import java.util.List;

/** A list of tokens with a place in it; behind its end there are end tokens. */
public final class Tokens {
  private final List<CppToken> list;
  private final CppToken end;
  private int at;

  /** Reads that list. */
  public Tokens(List<CppToken> list, Place end) {
    this.list = list;
    this.end = CppToken.of(Kind.END, "", end, true);
  }

  /** The token at the place. */
  public CppToken peek() {
    return peek(0);
  }

  /** The token so many behind the place. */
  public CppToken peek(int ahead) {
    int index = at + ahead;
    return index < list.size() ? list.get(index) : end;
  }

  /** The token at the place, which moves on. */
  public CppToken next() {
    CppToken token = peek();
    if (at < list.size()) {
      at++;
    }
    return token;
  }

  /** Moves on if the token is that mark. */
  public boolean take(String mark) {
    if (peek().is(mark)) {
      at++;
      return true;
    }
    return false;
  }

  /** Moves on if the token is that name. */
  public boolean takeName(String name) {
    if (peek().isName(name)) {
      at++;
      return true;
    }
    return false;
  }

  /** How many tokens are behind. */
  public int position() {
    return at;
  }

  /** Whether nothing is left. */
  public boolean isAtEnd() {
    return at >= list.size();
  }
}
