// SPDX-License-Identifier: Apache-2.0
/** XDR as Rx uses it: readers and writers over streams and over memory. */
module io.rxrpc.xdr {
  requires static org.jspecify;

  exports io.rxrpc.xdr;
}
