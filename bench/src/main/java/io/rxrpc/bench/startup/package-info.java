// SPDX-License-Identifier: Apache-2.0
/** How long the command takes to start, beside a bare JVM. Knows no protocol: it runs programs. */
@NullMarked
package io.rxrpc.bench.startup;

import org.jspecify.annotations.NullMarked;
