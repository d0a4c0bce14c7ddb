// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.frame;

import java.io.PrintStream;

/** One line on stderr that is written again and again, on a terminal only. */
public final class Progress {
  private final PrintStream err;
  private final boolean shown;
  private int width;

  /** Shown on stderr where that is a terminal, unless {@code --quiet} is given. */
  public Progress(RootCommand root) {
    Streams streams = root.streams();
    this.err = streams.err();
    this.shown = streams.errIsTerminal() && !root.quiet();
  }

  /** Whether anybody sees it: what is expensive to say need not be said otherwise. */
  public boolean isShown() {
    return shown;
  }

  /** Writes the line anew. */
  public void show(String text) {
    if (shown) {
      err.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
      err.flush();
      width = text.length();
    }
  }

  /** Takes the line away, so that the next output stands alone. */
  public void clear() {
    if (shown && width > 0) {
      err.print("\r" + " ".repeat(width) + "\r");
      err.flush();
      width = 0;
    }
  }
}
