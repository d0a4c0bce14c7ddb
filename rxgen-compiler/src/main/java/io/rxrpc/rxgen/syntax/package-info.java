// SPDX-License-Identifier: Apache-2.0
/**
 * The language as it is written: from tokens to items in their order. What the names mean may not
 * come in.
 */
@NullMarked
package io.rxrpc.rxgen.syntax;

import org.jspecify.annotations.NullMarked;
