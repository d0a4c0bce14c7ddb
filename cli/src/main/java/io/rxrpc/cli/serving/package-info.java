// SPDX-License-Identifier: Apache-2.0
/**
 * What verbs that serve share: a service that runs until a signal comes, and its keys. No verb may
 * come in.
 *
 * <p><b>Internal.</b> Exported for the modules of this project only; no promise is made.
 */
@NullMarked
package io.rxrpc.cli.serving;

import org.jspecify.annotations.NullMarked;
