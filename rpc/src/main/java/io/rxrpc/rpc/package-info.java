// SPDX-License-Identifier: Apache-2.0
/**
 * Typed calls: what generated clients and services stand on. Nothing of AFS and nothing below the
 * API of {@code io.rxrpc} may come in.
 */
@NullMarked
package io.rxrpc.rpc;

import org.jspecify.annotations.NullMarked;
