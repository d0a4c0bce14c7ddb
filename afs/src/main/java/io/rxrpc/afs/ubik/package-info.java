// SPDX-License-Identifier: Apache-2.0
/**
 * Ubik, which keeps the copies of a database the same. {@link io.rxrpc.afs.ubik.DatabaseServer} is
 * the front; the other types are made of the descriptions. No other service comes in here.
 */
@NullMarked
package io.rxrpc.afs.ubik;

import org.jspecify.annotations.NullMarked;
