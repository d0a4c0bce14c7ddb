// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen;

import javax.lang.model.SourceVersion;

/** Which names Java takes. */
final class JavaNames {
  private JavaNames() {}

  static void checkPackage(String name) {
    if (!SourceVersion.isName(name, SourceVersion.latest())) {
      throw new IllegalArgumentException(
          "'" + name + "' is no name of a Java package: give another one");
    }
  }

  /** A name for a type that is made, or the qualified name of one that there is. */
  static void checkType(String name) {
    if (!SourceVersion.isName(name, SourceVersion.latest())) {
      throw new IllegalArgumentException("'" + name + "' is no name of a Java type");
    }
  }
}
