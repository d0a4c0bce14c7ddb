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

  static void checkType(String name) {
    if (!SourceVersion.isName(name, SourceVersion.latest()) || name.contains(".")) {
      throw new IllegalArgumentException("'" + name + "' is no name of a Java type");
    }
  }
}
