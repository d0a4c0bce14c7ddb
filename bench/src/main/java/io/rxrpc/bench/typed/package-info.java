// SPDX-License-Identifier: Apache-2.0
/** The speed of XDR beside OpenAFS's C, and of typed calls beside calls of blobs. */
@NullMarked
package io.rxrpc.bench.typed;

import org.jspecify.annotations.NullMarked;
