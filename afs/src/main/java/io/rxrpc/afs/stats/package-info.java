// SPDX-License-Identifier: Apache-2.0
/**
 * Counters of calls at any server. {@link io.rxrpc.afs.stats.CallCounters} is the front; the other
 * types are made of the description. No other service comes in here.
 */
@NullMarked
package io.rxrpc.afs.stats;

import org.jspecify.annotations.NullMarked;
