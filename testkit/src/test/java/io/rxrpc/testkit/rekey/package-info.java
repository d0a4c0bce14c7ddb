// SPDX-License-Identifier: Apache-2.0
/**
 * A security class of the shape of rxgk, written with nothing but {@code io.rxrpc.security}, and
 * whole calls with it. No header offset may come in but in what looks at the wire.
 */
@NullMarked
package io.rxrpc.testkit.rekey;

import org.jspecify.annotations.NullMarked;
