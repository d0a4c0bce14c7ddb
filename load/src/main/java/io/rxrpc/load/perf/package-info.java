// SPDX-License-Identifier: Apache-2.0
/** The verb {@code perf}: rates and latencies by the rxperf protocol. No other verb may come in. */
@NullMarked
package io.rxrpc.load.perf;

import org.jspecify.annotations.NullMarked;
