// SPDX-License-Identifier: Apache-2.0
/** What a compiler would make of {@code sample.xg} of docs/design/rpc.md, and a little more. */
package io.rxrpc.rpc.sample;
