// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc.builtin;

import io.rxrpc.afs.BuiltInService;
import io.rxrpc.rxgen.model.DeclaredProcedure;
import io.rxrpc.rxgen.model.Description;
import io.rxrpc.rxgen.model.RpcPackage;

/**
 * A procedure of a built-in service.
 *
 * @param service whose it is
 * @param description what the types of its parameters refer to
 * @param owner its package
 * @param model the procedure itself
 */
public record BuiltInProcedure(
    BuiltInService service, Description description, RpcPackage owner, DeclaredProcedure model) {

  /** With its package, as C calls it: {@code VL_GetEntryByNameU}. */
  public String name() {
    return owner.name() + model.name();
  }

  /** With its service, as the command calls it: {@code vl.GetEntryByNameU}. */
  public String label() {
    return service.label() + "." + model.name();
  }

  /** The first sentence of what it does; empty where nothing is said. */
  public String summary() {
    String text = model.documentation().text();
    int line = text.indexOf('\n');
    String first = line < 0 ? text : text.substring(0, line);
    int end = first.indexOf(". ");
    return end < 0 ? first : first.substring(0, end + 1);
  }

  /** Who may call it, in a few words; empty where nothing is said. */
  public String permitted() {
    return model.documentation().tags().getOrDefault("permitted", "");
  }
}
