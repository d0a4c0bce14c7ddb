// SPDX-License-Identifier: Apache-2.0
/** JMH benchmarks of the hot paths. Nothing that another module needs may come in. */
@NullMarked
package io.rxrpc.bench;

import org.jspecify.annotations.NullMarked;
