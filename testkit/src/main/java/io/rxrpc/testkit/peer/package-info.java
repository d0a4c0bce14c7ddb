// SPDX-License-Identifier: Apache-2.0
/**
 * Model peers: small Rx implementations of their own with the habits of OpenAFS and of Linux.
 * Nothing of the engine may come in, or both would have the same defects.
 *
 * <p><b>Experimental.</b> Any release may change it.
 */
@NullMarked
package io.rxrpc.testkit.peer;

import org.jspecify.annotations.NullMarked;
