// SPDX-License-Identifier: Apache-2.0
/**
 * Sockets as the RxRPC document describes them: tags, sendmsg and recvmsg, control messages,
 * options. A thin layer over the engine's calls; no rule of the protocol and no thread of its own
 * may come in.
 */
@NullMarked
package io.rxrpc.socket;

import org.jspecify.annotations.NullMarked;
