// SPDX-License-Identifier: Apache-2.0
/** The verb {@code key}: keys by their descriptions. No other verb may come in. */
@NullMarked
package io.rxrpc.cli.key;

import org.jspecify.annotations.NullMarked;
