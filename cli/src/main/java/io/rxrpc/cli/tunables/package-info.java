// SPDX-License-Identifier: Apache-2.0
/** The verb {@code tunables}: what can be tuned. No other verb may come in. */
@NullMarked
package io.rxrpc.cli.tunables;

import org.jspecify.annotations.NullMarked;
