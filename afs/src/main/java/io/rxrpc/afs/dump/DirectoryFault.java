// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

/**
 * Something wrong in a directory's pages.
 *
 * @param offset where, in octets from the beginning of the directory's data
 * @param problem what, in one line
 */
public record DirectoryFault(int offset, String problem) {}
