package io.rxrpc.cli;

import java.io.PrintStream;

/** One line on stderr that is written again and again, on a terminal only. */
final class Progress {
  private final PrintStream err;
  private final boolean shown;
  private int width;

  Progress(RootCommand root) {
    Streams streams = root.streams();
    this.err = streams.err();
    this.shown = streams.errIsTerminal() && !root.quiet();
  }

  boolean isShown() {
    return shown;
  }

  void show(String text) {
    if (shown) {
      err.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
      err.flush();
      width = text.length();
    }
  }

  /** Takes the line away, so that the next output stands alone. */
  void clear() {
    if (shown && width > 0) {
      err.print("\r" + " ".repeat(width) + "\r");
      err.flush();
      width = 0;
    }
  }
}
