// SPDX-License-Identifier: Apache-2.0
/** The verb {@code example}: the walk-throughs of the RxRPC document. No other verb may come in. */
@NullMarked
package io.rxrpc.cli.example;

import org.jspecify.annotations.NullMarked;
