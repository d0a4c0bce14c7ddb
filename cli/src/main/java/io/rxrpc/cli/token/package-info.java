// SPDX-License-Identifier: Apache-2.0
/**
 * The verbs of tokens: {@code klog}, {@code tokens} and {@code unlog}. No other verb may come in.
 */
@NullMarked
package io.rxrpc.cli.token;

import org.jspecify.annotations.NullMarked;
