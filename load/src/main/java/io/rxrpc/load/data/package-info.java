// SPDX-License-Identifier: Apache-2.0
/** Bulk data that can be checked, and keys that exist in this process only. No verb may come in. */
@NullMarked
package io.rxrpc.load.data;

import org.jspecify.annotations.NullMarked;
