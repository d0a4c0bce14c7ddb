// SPDX-License-Identifier: Apache-2.0
/**
 * Policies of the engine, a page each: one question, with times and events as arguments. No call,
 * no connection, no packet memory and no clock may come in.
 */
@NullMarked
package io.rxrpc.engine.policy;

import org.jspecify.annotations.NullMarked;
