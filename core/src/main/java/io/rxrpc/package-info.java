// SPDX-License-Identifier: Apache-2.0
/**
 * Remote procedure calls over Rx: endpoints, client calls, services. What most people import; no
 * packet layout and no rule of the protocol may come in.
 */
@NullMarked
package io.rxrpc;

import org.jspecify.annotations.NullMarked;
