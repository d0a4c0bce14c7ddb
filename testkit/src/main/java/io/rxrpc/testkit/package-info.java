// SPDX-License-Identifier: Apache-2.0
/**
 * A simulated network with virtual time and peers that misbehave on purpose. No real socket, clock
 * or random source of the machine may come in.
 *
 * <p><b>Experimental.</b> Any release may change it.
 */
@NullMarked
package io.rxrpc.testkit;

import org.jspecify.annotations.NullMarked;
