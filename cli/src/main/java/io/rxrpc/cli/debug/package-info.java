// SPDX-License-Identifier: Apache-2.0
/** The verb {@code debug}: what rxdebug asks for. No other verb may come in. */
@NullMarked
package io.rxrpc.cli.debug;

import org.jspecify.annotations.NullMarked;
