// SPDX-License-Identifier: Apache-2.0
/** What quick calls notice of handlers beside them that do not come back. */
@NullMarked
package io.rxrpc.bench.neighbours;

import org.jspecify.annotations.NullMarked;
