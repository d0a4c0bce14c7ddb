// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.cb;

import io.rxrpc.afs.fs.AFSFid;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Hears what file servers tell. Called from several threads at once; it must return soon and call
 * no server, for the file server lets others wait meanwhile.
 */
public interface PromiseListener {
  /**
   * These may have changed: their status is to be fetched again. One with vnode 0 is a whole
   * volume.
   *
   * @param server who says so
   * @param fids the files and directories
   */
  default void broken(InetSocketAddress server, List<AFSFid> fids) {}

  /**
   * The server remembers no promises: all status from it is to be fetched again.
   *
   * @param server who says so
   * @param uuid its UUID; null if it did not say it
   */
  default void forgotten(InetSocketAddress server, @Nullable UUID uuid) {}
}
