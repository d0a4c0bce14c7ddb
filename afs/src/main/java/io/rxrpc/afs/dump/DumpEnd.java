// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

/** The last section. Nothing belongs to the dump behind it. */
public record DumpEnd() implements DumpEvent {
  static final int SECTION = 4;
  static final int MAGIC = 0x3a214b6e;
}
