/** What a module brings to the command: verbs. Nothing but the frame may come in. */
@NullMarked
package io.rxrpc.cli.spi;

import org.jspecify.annotations.NullMarked;
