// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.java;

import io.rxrpc.rxgen.model.Constant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The constants of a file. */
final class ConstantsWriter {
  private final Unit unit;

  ConstantsWriter(Unit unit) {
    this.unit = unit;
  }

  void write(List<Constant> constants, String name, String file) {
    unit.doc("The constants of {@code " + file + "}.");
    unit.open("public final class " + name);
    Set<String> written = new HashSet<>();
    for (Constant constant : constants) {
      if (written.add(constant.name())) {
        write(constant);
        unit.line();
      }
    }
    unit.line("private " + name + "() {}");
    unit.close();
  }

  private void write(Constant constant) {
    String java = NameTable.constantName(constant.name());
    String text = constant.text();
    String modifiers = "public static final ";
    String first = "{@code " + constant.name() + "}";
    if (text != null) {
      unit.doc(first + ".");
      unit.line(modifiers + "String " + java + " = \"" + escaped(text) + "\";");
      return;
    }
    long value = constant.number();
    boolean bits = value > Integer.MAX_VALUE && value <= 0xffff_ffffL;
    if (bits) {
      unit.doc(first + ", " + value + " as an unsigned number.");
      unit.line(modifiers + "int " + java + " = 0x" + Long.toHexString(value) + ";");
    } else if (value == (int) value) {
      unit.doc(first + ".");
      unit.line(modifiers + "int " + java + " = " + number(constant) + ";");
    } else {
      unit.doc(first + ".");
      unit.line(modifiers + "long " + java + " = " + value + "L;");
    }
  }

  /** As it was written, where Java writes it the same way. */
  private static String number(Constant constant) {
    String written = constant.written();
    return written.matches("0[xX][0-9a-fA-F]{1,7}|[1-9][0-9]*")
        ? written
        : Long.toString(constant.number());
  }

  /** C's string as Java has it. */
  static String escaped(String text) {
    StringBuilder java = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\'
          && i + 1 < text.length()
          && "btnfr\"'\\01234567".indexOf(text.charAt(i + 1)) >= 0) {
        java.append(c).append(text.charAt(++i));
      } else if (c == '\\') {
        java.append("\\\\");
      } else if (c < ' ' || c > '~') {
        java.append(String.format("\\u%04x", (int) c));
      } else {
        java.append(c);
      }
    }
    return java.toString();
  }
}
