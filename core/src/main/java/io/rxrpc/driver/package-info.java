// SPDX-License-Identifier: Apache-2.0
/**
 * The loop: owns a UDP port, drives the engine, and hands data to and from the threads of the
 * application. No rule of the protocol may come in, and nothing of the public API above.
 */
@NullMarked
package io.rxrpc.driver;

import org.jspecify.annotations.NullMarked;
