// SPDX-License-Identifier: Apache-2.0
/** Programs made of one description by C's rxgen and by ours, which talk to each other. */
@NullMarked
package io.rxrpc.interop.rxgen;

import org.jspecify.annotations.NullMarked;
