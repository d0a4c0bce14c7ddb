// SPDX-License-Identifier: Apache-2.0
/**
 * A compiler for Rx's interface language: descriptions in, Java or a model of them out. Nothing of
 * AFS may come in, and nothing that knows a command line.
 */
@NullMarked
package io.rxrpc.rxgen;

import org.jspecify.annotations.NullMarked;
