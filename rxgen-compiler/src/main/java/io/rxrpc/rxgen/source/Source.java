// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.source;

/**
 * A file's text.
 *
 * @param name how messages name the file
 * @param text its characters; octets of a file are taken as ISO 8859-1 where they are no UTF-8
 */
public record Source(String name, String text) {}
