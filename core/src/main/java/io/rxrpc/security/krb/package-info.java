// SPDX-License-Identifier: Apache-2.0
/**
 * Encryption and encoding of Kerberos: the ciphers of RFC 3961 and its followers, keys of them that
 * seal much, and DER. No security class, abort code or packet may come in.
 */
@NullMarked
package io.rxrpc.security.krb;

import org.jspecify.annotations.NullMarked;
