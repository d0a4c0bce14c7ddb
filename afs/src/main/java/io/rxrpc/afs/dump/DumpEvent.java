// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

/**
 * What a dump consists of, in the order of the stream: {@link DumpHeader}, {@link VolumeHeader},
 * then for each vnode a {@link VnodeHeader}, mostly its {@link VnodeData} and seldom a {@link
 * VnodeTail}, and {@link DumpEnd}.
 */
public sealed interface DumpEvent
    permits DumpHeader, VolumeHeader, VnodeHeader, VnodeData, VnodeTail, DumpEnd {}
