// SPDX-License-Identifier: Apache-2.0
/**
 * The rules of the protocol's pitfalls, each checked on the engine with a scripted peer. Nothing
 * random may come in.
 */
@NullMarked
package io.rxrpc.testkit.rules;

import org.jspecify.annotations.NullMarked;
