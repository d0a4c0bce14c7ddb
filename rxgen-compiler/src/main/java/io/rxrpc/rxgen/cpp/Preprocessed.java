// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.cpp;

import io.rxrpc.rxgen.source.Place;
import java.util.List;
import java.util.Map;

/**
 * What the preprocessor has made of a file.
 *
 * @param tokens what is left of it and of what it includes, macros expanded
 * @param macros those that are defined at the end, in the order of their definition, by name
 * @param passed what {@code %} lines say
 * @param documentation comments that begin with two stars, without their marks, by the place of
 *     what follows them
 * @param end the end of the file
 */
public record Preprocessed(
    List<CppToken> tokens,
    Map<String, Macro> macros,
    List<CppToken> passed,
    Map<Place, String> documentation,
    Place end) {}
