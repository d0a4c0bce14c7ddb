// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security;

/** Why a service turns a client away whose connection is good: each class has its own codes. */
public enum SecurityRefusal {
  /** Nobody was verified, or somebody who may not. */
  NOT_PERMITTED,
  /** The connection is protected less than it must be. */
  LEVEL_TOO_LOW
}
