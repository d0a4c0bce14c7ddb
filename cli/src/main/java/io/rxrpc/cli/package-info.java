// SPDX-License-Identifier: Apache-2.0
/**
 * The {@code rxrpc} command as a whole: its start, its help and the completion of a shell. It finds
 * its verbs through {@link io.rxrpc.cli.spi.Verbs}; no package of a verb may come in.
 */
@NullMarked
package io.rxrpc.cli;

import org.jspecify.annotations.NullMarked;
