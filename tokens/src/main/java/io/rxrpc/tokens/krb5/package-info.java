// SPDX-License-Identifier: Apache-2.0
/**
 * Kerberos 5 as a client: the system's own MIT libkrb5, called through java.lang.foreign, or the
 * JDK's, behind the same interface. Nothing of AFS and nothing about tokens comes in here, and no
 * secret goes out in a text.
 *
 * <p><b>Experimental.</b> Any release may change it.
 */
@NullMarked
package io.rxrpc.tokens.krb5;

import org.jspecify.annotations.NullMarked;
