// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.vl;

/** Codes that the front does not pass on. */
final class VlCodes {
  static final int NOENT = 363524;
  static final int INDEXERANGE = 363549;

  private VlCodes() {}
}
