// SPDX-License-Identifier: Apache-2.0
/**
 * What an endpoint takes from the machine it runs on: ports, time, randomness and threads. Others
 * can be given to it, as a simulation does. Nothing of Rx may come in.
 *
 * <p><b>Experimental.</b> Any release may change it.
 */
@NullMarked
package io.rxrpc.machine;

import org.jspecify.annotations.NullMarked;
