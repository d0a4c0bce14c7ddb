// SPDX-License-Identifier: Apache-2.0
/**
 * The figures of docs/performance.md, made in one run beside gRPC, oncrpc4j, OpenAFS and what the
 * machine does without RxRPC.
 */
@NullMarked
package io.rxrpc.bench.figures;

import org.jspecify.annotations.NullMarked;
