// SPDX-License-Identifier: Apache-2.0
/**
 * Tokens of a cell from those who issue them: a Kerberos 5 KDC, or the older AFS kaserver. Nothing
 * comes in here that keeps tokens or makes calls with them, and no secret goes out in a text.
 */
@NullMarked
package io.rxrpc.tokens.klog;

import org.jspecify.annotations.NullMarked;
