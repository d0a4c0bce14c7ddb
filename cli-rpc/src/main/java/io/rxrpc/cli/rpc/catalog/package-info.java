// SPDX-License-Identifier: Apache-2.0
/**
 * The verb {@code rpc}: which procedures there are, and what each of them takes. No other verb may
 * come in.
 */
@NullMarked
package io.rxrpc.cli.rpc.catalog;

import org.jspecify.annotations.NullMarked;
