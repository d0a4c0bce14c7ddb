// SPDX-License-Identifier: Apache-2.0
/**
 * The one table of everything that can be tuned: every timer, window, bound and rate with its unit,
 * default and range. Nothing may come in: every other room reads this one.
 */
@NullMarked
package io.rxrpc.tuning;

import org.jspecify.annotations.NullMarked;
