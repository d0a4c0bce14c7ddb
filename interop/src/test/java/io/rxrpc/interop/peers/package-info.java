// SPDX-License-Identifier: Apache-2.0
/**
 * The real programs of the tests: found or installed, started, and stopped again. What they are
 * asked and answered does not belong here.
 */
@NullMarked
package io.rxrpc.interop.peers;

import org.jspecify.annotations.NullMarked;
