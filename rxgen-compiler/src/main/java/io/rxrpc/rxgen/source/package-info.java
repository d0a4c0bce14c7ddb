// SPDX-License-Identifier: Apache-2.0
/**
 * Files, places in them, and what is wrong there. Nothing of the language may come in.
 *
 * <p><b>Experimental.</b> Any release may change it.
 */
@NullMarked
package io.rxrpc.rxgen.source;

import org.jspecify.annotations.NullMarked;
