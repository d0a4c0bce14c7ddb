// SPDX-License-Identifier: Apache-2.0
/**
 * The verb {@code call}: a request in, a reply out, as octets or by a description. No other verb
 * may come in.
 */
@NullMarked
package io.rxrpc.cli.call;

import org.jspecify.annotations.NullMarked;
