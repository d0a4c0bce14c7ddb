// SPDX-License-Identifier: Apache-2.0
/**
 * The protection service: users and groups. {@link io.rxrpc.afs.pt.ProtectionDatabase} is the
 * front; the other types are made of the description. No other service comes in here.
 */
@NullMarked
package io.rxrpc.afs.pt;

import org.jspecify.annotations.NullMarked;
