// SPDX-License-Identifier: Apache-2.0
/**
 * The verb {@code serve}: echo, source, a program or answers by example. No other verb may come in.
 */
@NullMarked
package io.rxrpc.cli.serve;

import org.jspecify.annotations.NullMarked;
