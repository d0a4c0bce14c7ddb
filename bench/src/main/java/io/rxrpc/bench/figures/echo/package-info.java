// SPDX-License-Identifier: Apache-2.0
/**
 * Small calls of 32 octets there and back, both ends in one process, by each library as its users
 * run it. Each measurement is a JVM of its own ({@code EchoMain}), started by the figures.
 */
@NullMarked
package io.rxrpc.bench.figures.echo;

import org.jspecify.annotations.NullMarked;
