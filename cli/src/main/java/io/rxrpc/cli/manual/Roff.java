// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.manual;

import java.util.List;
import java.util.Locale;

/** A page in roff with the macros of man(7), as groff and mandoc both read it. */
final class Roff {
  private final StringBuilder page = new StringBuilder(4096);

  /** The title line. It bears no date: pages are the same whenever they are made. */
  Roff(String name, String source) {
    page.append("'\\\" t\n.TH \"")
        .append(plain(name.toUpperCase(Locale.ROOT)))
        .append("\" \"1\" \"\" \"")
        .append(plain(source))
        .append("\" \"RxRPC for Java\"\n");
    // no hyphenation and no stretched lines: options are to be found by searching
    page.append(".nh\n.ad l\n");
  }

  void section(String title) {
    page.append(".SH \"").append(plain(title)).append("\"\n");
  }

  void paragraph(String text) {
    page.append(".PP\n");
    line(plain(text));
  }

  /** A line of its own that is macro or text already. */
  void line(String text) {
    // a line that began with a dot or an apostrophe would be a request
    if (text.startsWith(".") || text.startsWith("'")) {
      page.append("\\&");
    }
    page.append(text).append('\n');
  }

  /** What is explained, and how. */
  void item(String term, String text) {
    page.append(".TP\n");
    line(term);
    line(plain(text));
  }

  /** Lines that stay as they are, indented. */
  void verbatim(List<String> lines) {
    page.append(".PP\n.RS 4\n.nf\n");
    lines.forEach(text -> line(plain(text)));
    page.append(".fi\n.RE\n");
  }

  /** Text that is not to be taken for a request or an escape; its hyphens are minus signs. */
  static String plain(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-").replace("\"", "\\(dq");
  }

  static String bold(String text) {
    return "\\fB" + plain(text) + "\\fR";
  }

  static String italic(String text) {
    return "\\fI" + plain(text) + "\\fR";
  }

  @Override
  public String toString() {
    return page.toString();
  }
}
