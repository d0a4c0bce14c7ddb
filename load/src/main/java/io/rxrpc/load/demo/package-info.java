// SPDX-License-Identifier: Apache-2.0
/** The verb {@code demo}: everything shown in one process. No other verb may come in. */
@NullMarked
package io.rxrpc.load.demo;

import org.jspecify.annotations.NullMarked;
