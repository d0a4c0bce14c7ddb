// SPDX-License-Identifier: Apache-2.0
/**
 * Manual pages, made of what the verbs say of themselves. No verb may come in, and nothing that
 * runs one.
 */
@NullMarked
package io.rxrpc.cli.manual;

import org.jspecify.annotations.NullMarked;
