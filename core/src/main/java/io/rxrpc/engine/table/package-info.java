// SPDX-License-Identifier: Apache-2.0
/**
 * Tables of the engine: maps, rosters, the heap of timers. They know nothing of Rx, and nothing of
 * what stands in them.
 */
@NullMarked
package io.rxrpc.engine.table;

import org.jspecify.annotations.NullMarked;
