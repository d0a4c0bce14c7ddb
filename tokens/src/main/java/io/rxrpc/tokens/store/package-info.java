// SPDX-License-Identifier: Apache-2.0
/**
 * Where tokens wait for the next command: the kernel's session keyring on Linux, or a file. Nothing
 * comes in here that obtains tokens or makes calls, and no secret goes out in a text.
 */
@NullMarked
package io.rxrpc.tokens.store;

import org.jspecify.annotations.NullMarked;
