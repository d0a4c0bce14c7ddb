// SPDX-License-Identifier: Apache-2.0
/**
 * Values as people and programs write and read them: sizes, durations, levels, keys, JSON, and what
 * may have been meant by a mistyped name. No stream, option or endpoint may come in.
 *
 * <p><b>Internal.</b> Exported for the modules of this project only; no promise is made.
 */
@NullMarked
package io.rxrpc.cli.text;

import org.jspecify.annotations.NullMarked;
