// SPDX-License-Identifier: Apache-2.0
/**
 * The verb {@code soak}: calls of all kinds for hours, and what is left over. No other verb may
 * come in.
 */
@NullMarked
package io.rxrpc.load.soak;

import org.jspecify.annotations.NullMarked;
