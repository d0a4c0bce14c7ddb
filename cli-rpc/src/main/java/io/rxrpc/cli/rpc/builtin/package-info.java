// SPDX-License-Identifier: Apache-2.0
/**
 * The services that are described in the module of AFS, and their procedures by name. No verb may
 * come in.
 */
@NullMarked
package io.rxrpc.cli.rpc.builtin;

import org.jspecify.annotations.NullMarked;
