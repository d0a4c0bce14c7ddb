// SPDX-License-Identifier: Apache-2.0
/**
 * Whole paths in virtual time, measured: goodput against the bounds that textbooks give. No rule of
 * the protocol is tested here.
 */
@NullMarked
package io.rxrpc.testkit.path;

import org.jspecify.annotations.NullMarked;
