// SPDX-License-Identifier: Apache-2.0
/**
 * The volume service: volumes as a whole. {@link io.rxrpc.afs.vol.VolumeServer} is the front; the
 * other types are made of the description. No other service comes in here.
 */
@NullMarked
package io.rxrpc.afs.vol;

import org.jspecify.annotations.NullMarked;
