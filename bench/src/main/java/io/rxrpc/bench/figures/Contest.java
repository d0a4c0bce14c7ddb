// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.figures;

import java.util.List;

/**
 * Contenders that are measured in turn.
 *
 * @param name for {@code --only}
 */
record Contest(String name, List<Contender> contenders, List<Comparison> comparisons) {}
