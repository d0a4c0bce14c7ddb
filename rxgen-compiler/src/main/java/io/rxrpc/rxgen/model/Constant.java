// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.model;

import io.rxrpc.rxgen.source.Place;
import org.jspecify.annotations.Nullable;

/**
 * A constant, or a macro that stands for a number or string.
 *
 * @param name as the description has it
 * @param number its value where it is a number
 * @param text its value where it is a string; null where it is a number
 * @param written how a number was written, such as {@code 0x1f}
 * @param place where it is defined
 */
public record Constant(
    String name, long number, @Nullable String text, String written, Place place) {}
