// SPDX-License-Identifier: Apache-2.0
/**
 * XDR as Rx uses it: big-endian words over memory and streams, bounds before memory. No transport
 * and no reflection may come in.
 */
@NullMarked
package io.rxrpc.xdr;

import org.jspecify.annotations.NullMarked;
