// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.model;

import java.util.List;
import java.util.Map;

/**
 * What a description and the files that it includes say. Immutable.
 *
 * @param file its name
 * @param constants in their order
 * @param definitions by name, in their order
 * @param packages in their order
 */
public record Description(
    String file,
    List<Constant> constants,
    Map<String, Definition> definitions,
    List<RpcPackage> packages) {

  /**
   * {@return the definition that a type names}
   *
   * @param type the type
   * @throws IllegalArgumentException if the type is of another description
   */
  public Definition definition(Type.Named type) {
    Definition definition = definitions.get(type.name());
    if (definition == null) {
      throw new IllegalArgumentException("no type " + type.name() + " in " + file);
    }
    return definition;
  }

  /**
   * {@return the type behind names for types: never an alias}
   *
   * @param type the type
   */
  public Type resolved(Type type) {
    Type t = type;
    while (t instanceof Type.Named named && definition(named) instanceof Definition.Alias alias) {
      t = alias.type();
    }
    return t;
  }
}
