// SPDX-License-Identifier: Apache-2.0
/**
 * Java from a description, as a person would have written it. How it is read and where it is put
 * may not come in.
 */
@NullMarked
package io.rxrpc.rxgen.java;

import org.jspecify.annotations.NullMarked;
