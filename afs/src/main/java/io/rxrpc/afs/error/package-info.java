// SPDX-License-Identifier: Apache-2.0
/**
 * The errors of AFS: names and meanings of the numbers that calls fail with. Nothing of single
 * services comes in here.
 */
@NullMarked
package io.rxrpc.afs.error;

import org.jspecify.annotations.NullMarked;
