// SPDX-License-Identifier: Apache-2.0
/**
 * Keys and keyrings as Linux keeps them: named secrets with expiry and revocation, found by
 * searching rings. No files, sockets, threads, randomness or clocks of the machine may come in, and
 * no secret goes out in a text.
 */
@NullMarked
package io.rxrpc.key;

import org.jspecify.annotations.NullMarked;
