// SPDX-License-Identifier: Apache-2.0
/**
 * Fuzzing: the list of targets, the command that runs them under Jazzer, and the replay of their
 * corpora. The targets themselves live beside the code that they attack.
 */
package io.rxrpc.fuzz;
