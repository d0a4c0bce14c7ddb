// SPDX-License-Identifier: Apache-2.0
/**
 * What a shell can complete of the command, and the scripts that have bash, zsh and fish do it. No
 * verb may come in.
 */
@NullMarked
package io.rxrpc.cli.completion;

import org.jspecify.annotations.NullMarked;
