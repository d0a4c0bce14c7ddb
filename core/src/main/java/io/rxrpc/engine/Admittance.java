// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

/** What becomes of a first packet, by which a client wants a connection or a call, and why. */
enum Admittance {
  /** It is taken. */
  TAKEN,
  /** Nobody offers the service, or it refuses calls for now. */
  NO_SERVICE,
  /** The service does not offer this security class. */
  NO_CLASS,
  /** The endpoint takes no new calls any more. */
  SHUTTING_DOWN,
  /** Its sender has to answer a PING before anything is kept of it. */
  UNPROVEN,
  /** There are too many peers or connections, of this peer or in all. */
  TOO_MANY_CONNECTIONS,
  /** There are too many calls, of the service or in all. */
  TOO_MANY_CALLS
}
