/**
 * The {@code rxrpc} command: its grammar, verbs, reports and exit codes. No protocol logic may come
 * in.
 */
@NullMarked
package io.rxrpc.cli;

import org.jspecify.annotations.NullMarked;
