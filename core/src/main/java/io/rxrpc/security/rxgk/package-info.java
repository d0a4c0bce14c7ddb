// SPDX-License-Identifier: Apache-2.0
/**
 * rxgk: connections that are sealed with keys of Kerberos's AES, in the form of OpenAFS (security
 * index 4) and in that of YFS and Linux (index 6). No sockets, threads, clocks or randomness of the
 * machine may come in: who makes a client or a server brings the last two along.
 *
 * <p><b>Experimental.</b> Any release may change it.
 */
@NullMarked
package io.rxrpc.security.rxgk;

import org.jspecify.annotations.NullMarked;
