// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.typed;

import java.util.Collection;

/** Says what somebody may have meant who mistyped a name. */
@FunctionalInterface
public interface Hints {
  /** A phrase that ends a message, {@code ; did you mean 'Add'?}; empty when no name is near. */
  String of(String typed, Collection<String> names);
}
