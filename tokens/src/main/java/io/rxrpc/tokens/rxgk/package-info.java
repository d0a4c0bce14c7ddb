// SPDX-License-Identifier: Apache-2.0
/**
 * Tokens of rxgk out of credentials of GSS-API: the negotiation service (34567), its client, and
 * the combination of tokens for file servers. No files of keys come in but through what seals
 * tokens, and no store of tokens.
 *
 * <p><b>Experimental.</b> Any release may change it.
 */
@NullMarked
package io.rxrpc.tokens.rxgk;

import org.jspecify.annotations.NullMarked;
