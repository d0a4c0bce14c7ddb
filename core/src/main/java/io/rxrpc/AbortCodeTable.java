// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import java.util.Map;

/**
 * Names of abort codes that a module brings: those of its services. Tables are found by {@link
 * java.util.ServiceLoader} when the first code is named; with them {@link AbortCode#name}, {@link
 * AbortCode#parse} and the messages of all exceptions know the names. The codes of Rx, rxgen, rxkad
 * and rxgk are known without a table. An implementation is immutable.
 */
public interface AbortCodeTable {
  /** {@return the codes, anything but 0, with their names: {@code VL_NOENT} for 363524} */
  Map<Integer, String> names();
}
