// SPDX-License-Identifier: Apache-2.0
/**
 * The keys of servers as files hold them: OpenAFS's KeyFile and KeyFileExt, and keytabs. Nothing
 * comes in here that asks a network or keeps a client's tokens, and no secret goes out in a text.
 */
@NullMarked
package io.rxrpc.tokens.keyfile;

import org.jspecify.annotations.NullMarked;
