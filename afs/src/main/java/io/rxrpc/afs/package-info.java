// SPDX-License-Identifier: Apache-2.0
/**
 * The services of AFS: which there are, and what all packages below share. Nothing of the packages
 * for single services comes in here.
 */
@NullMarked
package io.rxrpc.afs;

import org.jspecify.annotations.NullMarked;
