// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.spi;

import io.rxrpc.cli.frame.RootCommand;
import java.util.function.Function;

/**
 * A verb of the command.
 *
 * @param name the word behind {@code rxrpc}
 * @param place where it stands in the list of help: lower ones first, equal ones by their names
 * @param command makes the verb for one run: a command object of picocli or, with subverbs, its
 *     command line; asked only when the verb is wanted
 */
public record Verb(String name, int place, Function<RootCommand, Object> command) {
  /** Checks the name. */
  public Verb {
    if (!name.matches("[a-z][a-z0-9-]*")) {
      throw new IllegalArgumentException("'" + name + "' is no name of a verb");
    }
  }
}
