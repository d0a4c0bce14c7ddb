// SPDX-License-Identifier: Apache-2.0
/**
 * How AFS writes what has no form of its own in XDR: addresses, times, names in arrays, cursors of
 * lists. It knows no service.
 */
@NullMarked
package io.rxrpc.afs.form;

import org.jspecify.annotations.NullMarked;
