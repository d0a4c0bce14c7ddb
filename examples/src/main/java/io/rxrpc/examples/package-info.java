// SPDX-License-Identifier: Apache-2.0
/**
 * The client and the server of the RxRPC document, step by step, and the same two in the idiomatic
 * API. Nothing that a program would have to import may come in.
 *
 * <p><b>Internal.</b> Exported for the modules of this project only; no promise is made.
 */
@NullMarked
package io.rxrpc.examples;

import org.jspecify.annotations.NullMarked;
