// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.java;

import java.util.Locale;
import java.util.Set;

/** From a description's names to Java's. */
final class Spelling {
  private Spelling() {}

  /** {@code sampleEntry}, {@code sample_entry} and {@code SAMPLE_ENTRY} become SampleEntry. */
  static String type(String name) {
    StringBuilder type = new StringBuilder();
    for (String word : name.split("[_$]+", -1)) {
      if (word.isEmpty()) {
        continue;
      }
      boolean shouted = word.length() > 1 && word.equals(word.toUpperCase(Locale.ROOT));
      type.append(Character.toUpperCase(word.charAt(0)));
      String rest = word.substring(1);
      type.append(shouted ? rest.toLowerCase(Locale.ROOT) : rest);
    }
    return leading(type, "Type");
  }

  /** {@code GetTime} becomes getTime, {@code VLDebug} vlDebug, {@code N_SERVERS} nServers. */
  static String member(String name) {
    String type = type(name);
    int upper = 0;
    while (upper < type.length() && Character.isUpperCase(type.charAt(upper))) {
      upper++;
    }
    // Of several capitals the last one begins the next word, unless nothing follows.
    boolean wordFollows =
        upper > 1 && upper < type.length() && Character.isLowerCase(type.charAt(upper));
    int lowered = wordFollows ? upper - 1 : upper;
    return type.substring(0, lowered).toLowerCase(Locale.ROOT) + type.substring(lowered);
  }

  /** {@code GetTime} becomes GET_TIME. */
  static String constant(String name) {
    StringBuilder constant = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean begins =
          Character.isUpperCase(c)
              && i > 0
              && name.charAt(i - 1) != '_'
              && (!Character.isUpperCase(name.charAt(i - 1))
                  || (i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1))));
      if (begins) {
        constant.append('_');
      }
      constant.append(c == '$' ? '_' : Character.toUpperCase(c));
    }
    return leading(constant, "P_");
  }

  private static String leading(StringBuilder name, String otherwise) {
    boolean none = name.isEmpty() || Character.isDigit(name.charAt(0));
    return none ? otherwise + name : name.toString();
  }

  /**
   * The name, or one made of it that is not taken: with {@code suffix} behind, then with a number.
   * It is taken from then on.
   *
   * @param taken in small letters
   */
  static String unique(String name, String suffix, Set<String> taken) {
    String candidate = name;
    for (int i = 1; !taken.add(candidate.toLowerCase(Locale.ROOT)); i++) {
      candidate = i == 1 ? name + suffix : name + suffix + i;
    }
    return candidate;
  }
}
