// SPDX-License-Identifier: Apache-2.0
/**
 * What a module brings to the command: verbs, and descriptions of services. Of the command nothing
 * but the frame may come in.
 *
 * <p><b>Internal.</b> Exported for the modules of this project only; no promise is made.
 */
@NullMarked
package io.rxrpc.cli.spi;

import org.jspecify.annotations.NullMarked;
