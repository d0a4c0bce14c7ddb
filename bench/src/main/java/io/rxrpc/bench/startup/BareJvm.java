// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.startup;

/** A program that does nothing: what is left is the start of the JVM. */
final class BareJvm {
  private BareJvm() {}

  public static void main(String[] args) {}
}
