// SPDX-License-Identifier: Apache-2.0
/**
 * Options that several verbs share: security, the token store, secrets, and descriptions of
 * interfaces. No verb may come in.
 *
 * <p><b>Internal.</b> Exported for the modules of this project only; no promise is made.
 */
@NullMarked
package io.rxrpc.cli.option;

import org.jspecify.annotations.NullMarked;
