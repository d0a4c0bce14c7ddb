// SPDX-License-Identifier: Apache-2.0
/**
 * What small things cost in memory: a small call, an open one, an idle connection. Whole programs;
 * no figures of bulk data may come in.
 */
@NullMarked
package io.rxrpc.bench.small;

import org.jspecify.annotations.NullMarked;
