// SPDX-License-Identifier: Apache-2.0
/**
 * Typed calls by a description that is read at run time: procedures by name, their parameters and
 * results as text and JSON, and answers by example. No option, endpoint or output stream may come
 * in.
 *
 * <p><b>Internal.</b> Exported for the modules of this project only; no promise is made.
 */
@NullMarked
package io.rxrpc.cli.typed;

import org.jspecify.annotations.NullMarked;
