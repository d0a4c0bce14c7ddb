// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.vol;

import io.rxrpc.afs.Partition;

/**
 * A partition of a server, in blocks of 1024 octets.
 *
 * @param partition which one
 * @param device what it lies on
 * @param free what is left
 * @param total its size
 */
public record PartitionSpace(Partition partition, String device, long free, long total) {}
