// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.completion;

import java.util.List;
import java.util.Map;

/**
 * Names that the command knows and its verbs do not.
 *
 * @param services the labels of services, as they stand behind the slash of a target
 * @param procedures of each service that is described, its procedures
 * @param tunables as {@code --set} takes them
 */
public record KnownWords(
    List<String> services, Map<String, List<String>> procedures, List<String> tunables) {}
