// SPDX-License-Identifier: Apache-2.0
/**
 * The overseer's service: the processes of a server machine. {@link io.rxrpc.afs.bos.Overseer} is
 * the front; the other types are made of the description. No other service comes in here.
 */
@NullMarked
package io.rxrpc.afs.bos;

import org.jspecify.annotations.NullMarked;
