// SPDX-License-Identifier: Apache-2.0
/**
 * UDP ports that move batches of datagrams, tell where they came from and went to, and report
 * network errors with the destination they concern. Nothing here may know about Rx: no packet
 * layout, no timer, no retransmission.
 */
@NullMarked
package io.rxrpc.udp;

import org.jspecify.annotations.NullMarked;
