// SPDX-License-Identifier: Apache-2.0
/** The verb {@code error}: what a number or name of an error means. No other verb may come in. */
@NullMarked
package io.rxrpc.cli.rpc.error;

import org.jspecify.annotations.NullMarked;
