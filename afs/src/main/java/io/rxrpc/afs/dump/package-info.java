// SPDX-License-Identifier: Apache-2.0
/**
 * Volume dumps, the streams that the volume server's Dump and Restore calls carry: a pull parser
 * and a writer that keep every octet, directories and access lists decoded, and what people do with
 * a dump file: list, check, read one file, extract. Knows no transport; prints nothing.
 *
 * <p><b>Experimental.</b> Any release may change it.
 */
@NullMarked
package io.rxrpc.afs.dump;

import org.jspecify.annotations.NullMarked;
