// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxgk;

import io.rxrpc.security.SecurityFailure;
import io.rxrpc.udp.Errno;
import io.rxrpc.wire.AbortCodes;

/** What can be wrong, and what it is called in the two tables of errors (rxgk.md section 4). */
enum RxgkFault {
  /** A RESPONSE, token or authenticator that ends before its fields do. */
  MALFORMED(Code.UNMARSHAL, 1, Errno.EPROTO),
  /** A CHALLENGE, or a packet at level auth, that is too short. */
  PACKET_SHORT(1, 1, Errno.EPROTO),
  /** An encrypted packet that is too short. */
  SEALED_SHORT(9, 1, Errno.EPROTO),
  /** An authenticator for another challenge, connection or level. */
  WRONG_RESPONSE(2, 4, Errno.EPROTO),
  /** Data that was altered, or sealed with another key or for another use. */
  SEALED(9, 3, Errno.EBADMSG),
  /** Data that was sealed for another place than the one where it was found. */
  MISPLACED(9, 3, Errno.EPROTO),
  /** An encrypted length of data beyond what follows. */
  DATA_LENGTH(10, 3, Errno.EPROTO),
  /** A length that is none of XDR's. */
  RAGGED(9, 0, Errno.EPROTO),
  /** A time that cannot be. */
  BAD_TIME(9, 0, Errno.EPROTO),
  /** A container that names no key. */
  BAD_TOKEN(8, 4, Errno.EKEYREJECTED),
  /** A container that names a key which is not here. */
  NO_KEY(Code.NO_SUCH_KEY, 4, Errno.ENOKEY),
  /** A token, or key, whose time is over. */
  EXPIRED(6, 5, Errno.EKEYEXPIRED),
  /** A key of a length that is not its type's. */
  KEY_LENGTH(3, 4, Errno.EINVAL),
  /** A key of a type that is not used here. */
  KEY_TYPE(0, Code.KEYTYPE_NOSUPP, Errno.ENOPKG),
  /** A name of no kind, or names where there may be one only. */
  IDENTITY(0, 4, Errno.EPROTO),
  /** A key number beyond the next, or long past. */
  KEY_NUMBER(5, 7, Errno.EPROTO),
  /** A key number below the first. */
  KEY_WRAP(0, 3, Errno.EBADMSG),
  /** Less protection than is asked for. */
  LEVEL(4, 6, Errno.EACCES),
  /** Somebody who may not. */
  NOT_PERMITTED(7, 4, Errno.EKEYREJECTED),
  /** A key that was taken back. */
  REVOKED(0, 0, Errno.EKEYREVOKED);

  /** Codes of other tables. */
  private static final class Code {
    static final int UNMARSHAL = AbortCodes.RXGEN_SS_UNMARSHAL;
    static final int KEYTYPE_NOSUPP = AbortCodes.KRB5_PROG_KEYTYPE_NOSUPP;

    /** AFSCONF_NOTFOUND, as OpenAFS's configuration says that there is no such key. */
    static final int NO_SUCH_KEY = 70354689;
  }

  private static final int TABLE = 16;

  private final int openafs;
  private final int yfs;
  private final Errno errno;

  /** Small numbers are places in rxgk's own tables. */
  RxgkFault(int openafs, int yfs, Errno errno) {
    this.openafs = code(openafs);
    this.yfs = code(yfs);
    this.errno = errno;
  }

  private static int code(int number) {
    return number >= 0 && number < TABLE ? AbortCodes.RXGK_BASE + number : number;
  }

  /** Its code in the table of a form. */
  int code(RxgkForm form) {
    return switch (form) {
      case OPENAFS -> openafs;
      case YFS -> yfs;
    };
  }

  /** The failure, with what was wrong in words. */
  SecurityFailure in(RxgkForm form, String what) {
    return new SecurityFailure(code(form), errno, form.mechanism() + ": " + what);
  }
}
