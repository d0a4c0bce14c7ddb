// SPDX-License-Identifier: Apache-2.0
/**
 * The callback service, which clients of file servers serve. {@link
 * io.rxrpc.afs.cb.ClientCallbacks} serves it; the other types are made of the description. It knows
 * the file service's ids of files and no other service.
 */
@NullMarked
package io.rxrpc.afs.cb;

import org.jspecify.annotations.NullMarked;
