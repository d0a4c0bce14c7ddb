// SPDX-License-Identifier: Apache-2.0
/** The goal {@code rxgen:generate}. */
@NullMarked
package io.rxrpc.rxgen.maven;

import org.jspecify.annotations.NullMarked;
