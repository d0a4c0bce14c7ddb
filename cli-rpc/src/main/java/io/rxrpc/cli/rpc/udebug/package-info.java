// SPDX-License-Identifier: Apache-2.0
/** The verb {@code udebug}: the state of a replicated database. No other verb may come in. */
@NullMarked
package io.rxrpc.cli.rpc.udebug;

import org.jspecify.annotations.NullMarked;
