// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.spi;

import java.util.List;

/**
 * Verbs that a package brings to the command. Implementations are found by {@link
 * java.util.ServiceLoader}, so any module on the module path may bring some; it {@code opens} the
 * packages of its commands to {@code info.picocli}. Two verbs of one name are a defect.
 *
 * <p>An implementation has a public constructor without parameters that does nothing: all of them
 * are made at every run of the command.
 */
public interface Verbs {
  /** The verbs, in any order. */
  List<Verb> verbs();
}
