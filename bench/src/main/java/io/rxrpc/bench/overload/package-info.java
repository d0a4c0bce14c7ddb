// SPDX-License-Identifier: Apache-2.0
/** A server under a flood of first packets with false addresses, and what honest clients see. */
@NullMarked
package io.rxrpc.bench.overload;

import org.jspecify.annotations.NullMarked;
