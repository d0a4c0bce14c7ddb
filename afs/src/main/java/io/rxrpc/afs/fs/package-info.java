// SPDX-License-Identifier: Apache-2.0
/**
 * The file service: files and directories. {@link io.rxrpc.afs.fs.FileServer} is the front; the
 * other types are made of the description. No other service comes in here.
 */
@NullMarked
package io.rxrpc.afs.fs;

import org.jspecify.annotations.NullMarked;
