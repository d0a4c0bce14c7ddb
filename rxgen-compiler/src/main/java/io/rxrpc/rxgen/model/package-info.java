// SPDX-License-Identifier: Apache-2.0
/**
 * What a description says, worked out: constants with their values, types with their bounds,
 * procedures with their opcodes. What is made of it may not come in.
 *
 * <p><b>Experimental.</b> Any release may change it.
 */
@NullMarked
package io.rxrpc.rxgen.model;

import org.jspecify.annotations.NullMarked;
