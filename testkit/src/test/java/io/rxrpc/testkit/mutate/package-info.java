// SPDX-License-Identifier: Apache-2.0
/** {@code ./build mutate}: runs PIT over rooms of the core and keeps docs/mutation.md. */
@NullMarked
package io.rxrpc.testkit.mutate;

import org.jspecify.annotations.NullMarked;
