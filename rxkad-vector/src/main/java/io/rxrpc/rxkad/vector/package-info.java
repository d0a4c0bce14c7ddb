// SPDX-License-Identifier: Apache-2.0
/** fcrypt upon 64 blocks at once. Only {@code SlicedRounds} knows the Vector API. */
@NullMarked
package io.rxrpc.rxkad.vector;

import org.jspecify.annotations.NullMarked;
