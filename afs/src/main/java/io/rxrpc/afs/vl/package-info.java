// SPDX-License-Identifier: Apache-2.0
/**
 * The volume location service: which volumes there are, and where. {@link io.rxrpc.afs.vl.Vldb} is
 * the front; the other types are made of the description. No other service comes in here.
 */
@NullMarked
package io.rxrpc.afs.vl;

import org.jspecify.annotations.NullMarked;
