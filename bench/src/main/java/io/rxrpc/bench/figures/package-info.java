// SPDX-License-Identifier: Apache-2.0
/** The figures of the README, made in one run beside what the machine does without RxRPC. */
@NullMarked
package io.rxrpc.bench.figures;

import org.jspecify.annotations.NullMarked;
