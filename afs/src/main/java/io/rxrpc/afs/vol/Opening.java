// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.vol;

/** How a volume is opened for a transaction: what others can do with it meanwhile. */
public enum Opening {
  /** Nothing: the file server answers VOFFLINE. */
  OFFLINE(VolConstants.ITOffline),
  /** Read it: the file server answers VBUSY to what would change it. */
  BUSY(VolConstants.ITBusy),
  /** Read and write it. */
  READ_ONLY(VolConstants.ITReadOnly);

  private final int flag;

  Opening(int flag) {
    this.flag = flag;
  }

  int flag() {
    return flag;
  }
}
