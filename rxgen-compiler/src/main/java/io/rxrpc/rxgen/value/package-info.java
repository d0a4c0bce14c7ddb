// SPDX-License-Identifier: Apache-2.0
/**
 * Values of described types without generated code: maps, lists, numbers and strings. How they are
 * written down for people or programs may not come in.
 *
 * <p><b>Experimental.</b> Any release may change it.
 */
@NullMarked
package io.rxrpc.rxgen.value;

import org.jspecify.annotations.NullMarked;
