// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.krb.KrbException;
import io.rxrpc.udp.Errno;
import io.rxrpc.wire.AbortCodes;

/** The failures of rxkad by their abort codes (rxkad.md 4 to 6). */
final class RxkadFailures {
  private RxkadFailures() {}

  static SecurityFailure badTicket(String why) {
    return new SecurityFailure(AbortCodes.RXKADBADTICKET, "bad ticket: " + why);
  }

  /** What Kerberos's part of a ticket came to. */
  static SecurityFailure of(KrbException e) {
    return switch (e.fault()) {
      case KEY -> new SecurityFailure(AbortCodes.RXKADBADKEY, String.valueOf(e.getMessage()));
      case SEAL, FORM -> badTicket(String.valueOf(e.getMessage()));
    };
  }

  static SecurityFailure expired(String what) {
    return new SecurityFailure(AbortCodes.RXKADEXPIRED, Errno.EKEYEXPIRED, what + " has expired");
  }

  static SecurityFailure noAuth(String why) {
    return new SecurityFailure(AbortCodes.RXKADNOAUTH, Errno.EKEYREJECTED, why);
  }

  static SecurityFailure unknownKey(String which) {
    return new SecurityFailure(AbortCodes.RXKADUNKNOWNKEY, Errno.ENOKEY, which + " is not here");
  }

  static SecurityFailure unusableKey(String why) {
    return new SecurityFailure(AbortCodes.RXKADUNKNOWNKEY, Errno.ENOKEY, why);
  }

  static SecurityFailure sealed(String why) {
    return new SecurityFailure(AbortCodes.RXKADSEALEDINCON, Errno.EPROTO, why);
  }

  static SecurityFailure dataLength(int said, int room) {
    return new SecurityFailure(
        AbortCodes.RXKADDATALEN,
        Errno.EPROTO,
        "sealed length " + said + " where " + room + " bytes follow");
  }

  static SecurityFailure tooShort(String what, int length) {
    return new SecurityFailure(
        AbortCodes.RXKADPACKETSHORT, Errno.EPROTO, what + " of " + length + " bytes is too short");
  }

  static SecurityFailure version(String what) {
    return new SecurityFailure(
        AbortCodes.RXKADINCONSISTENCY, Errno.EPROTO, what + " is not of version 2");
  }

  static SecurityFailure level(String why) {
    return new SecurityFailure(AbortCodes.RXKADLEVELFAIL, Errno.EACCES, why);
  }

  static SecurityFailure revoked(String what) {
    return new SecurityFailure(
        AbortCodes.RXKADBADKEY, Errno.EKEYREVOKED, what + " has been revoked");
  }
}
