// SPDX-License-Identifier: Apache-2.0
/** A project elsewhere. */
module org.example.outside {
  requires io.rxrpc;
  requires io.rxrpc.afs;
}
