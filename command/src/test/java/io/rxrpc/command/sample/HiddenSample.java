// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.command.sample;

/** Cannot be named by users, who can call what their class inherits from it. */
abstract class HiddenSample {
  private final int value;

  protected HiddenSample(int value) {
    this.value = value;
  }

  public final int inherited() {
    return value;
  }
}
