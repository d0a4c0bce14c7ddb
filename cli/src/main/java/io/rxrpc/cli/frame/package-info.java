// SPDX-License-Identifier: Apache-2.0
/**
 * What every verb stands on: the options of all verbs, streams and terminal, sessions with their
 * endpoints, targets, exit codes, and failures told in one line. No verb may come in.
 *
 * <p><b>Internal.</b> Exported for the modules of this project only; no promise is made.
 */
@NullMarked
package io.rxrpc.cli.frame;

import org.jspecify.annotations.NullMarked;
