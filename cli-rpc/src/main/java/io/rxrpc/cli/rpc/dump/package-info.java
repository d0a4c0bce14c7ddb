// SPDX-License-Identifier: Apache-2.0
/** The verb {@code afsdump}: what is in a dump of a volume. No other verb may come in. */
@NullMarked
package io.rxrpc.cli.rpc.dump;

import org.jspecify.annotations.NullMarked;
