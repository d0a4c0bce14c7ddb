// SPDX-License-Identifier: Apache-2.0
/** The command {@code rxgen}. Nothing but options and messages may come in. */
@NullMarked
package io.rxrpc.rxgen.command;

import org.jspecify.annotations.NullMarked;
