// SPDX-License-Identifier: Apache-2.0
/**
 * The documents as a site: Markdown to HTML, a search that runs in the reader, and checked links.
 */
package io.rxrpc.command.site;
