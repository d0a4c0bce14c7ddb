// SPDX-License-Identifier: Apache-2.0
/**
 * The C preprocessor, as far as descriptions use it: from files to tokens that still know where
 * they stand. What the tokens mean to the language may not come in.
 */
@NullMarked
package io.rxrpc.rxgen.cpp;

import org.jspecify.annotations.NullMarked;
