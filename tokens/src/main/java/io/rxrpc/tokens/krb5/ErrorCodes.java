// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.krb5;

/**
 * Error numbers and what they mean: those of a KDC (RFC 4120 section 7.5.9), which libkrb5 shifts,
 * and those of libkrb5 itself (krb5.h).
 */
final class ErrorCodes {
  /** What libkrb5 adds to a number of RFC 4120. */
  private static final int BASE = -1765328384;

  private static final int PROTOCOL_NUMBERS = 128;
  private static final int PROTOCOL_END = BASE + PROTOCOL_NUMBERS;

  // of libkrb5
  private static final int CONFIG_CANTOPEN = -1765328249;
  private static final int CONFIG_BADFORMAT = -1765328248;
  private static final int CC_NOTFOUND = -1765328243;
  private static final int CC_END = -1765328242;
  private static final int REALM_UNKNOWN = -1765328230;
  private static final int KDC_UNREACH = -1765328228;
  private static final int KT_NOTFOUND = -1765328203;
  private static final int FCC_NOFILE = -1765328189;
  private static final int FCC_PERM = -1765328190;
  private static final int CC_IO = -1765328191;
  private static final int CC_WRITE = -1765328187;
  private static final int CC_NOT_KTYPE = -1765328184;
  private static final int CC_READONLY = -1765328138;
  private static final int REALM_CANT_RESOLVE = -1765328164;
  private static final int CONFIG_NODEFREALM = -1765328160;
  private static final int PREAUTH_FAILED = -1765328174;
  private static final int PROG_ETYPE_NOSUPP = -1765328234;
  private static final int CONFIG_ETYPE_NOSUPP = -1765328147;
  private static final int NOPERM_ETYPE = -1765328148;
  private static final int KDCREP_SKEW = -1765328236;
  private static final int PARSE_ILLCHAR = -1765328251;
  private static final int PARSE_MALFORMED = -1765328250;

  // of libkrb5's reader of krb5.conf
  private static final int PROFILE = -1429577728;
  private static final int PROFILE_END = PROFILE + 40;

  // of libkrb5's types of caches
  private static final int CACHE_TYPES = -1750600192;
  private static final int CACHE_TYPES_END = CACHE_TYPES + 32;
  private static final int CC_UNKNOWN_TYPE = -1765328244;
  private static final int CC_BADNAME = -1765328245;
  private static final int CC_FORMAT = -1765328185;

  private static final int EPERM = 1;
  private static final int ENOENT = 2;
  private static final int EACCES = 13;
  private static final int ENOTDIR = 20;
  private static final int EISDIR = 21;
  private static final int ENOSPC = 28;
  private static final int EROFS = 30;
  private static final int ELOOP = 40;
  private static final int ERRNO_END = 4096;

  private ErrorCodes() {}

  /** What a number of RFC 4120 means. */
  static KerberosFault ofProtocol(int number) {
    return switch (number) {
      case 1 -> KerberosFault.CLIENT_EXPIRED;
      case 6 -> KerberosFault.CLIENT_UNKNOWN;
      case 7 -> KerberosFault.SERVICE_UNKNOWN;
      case 12 -> KerberosFault.POLICY;
      case 14 -> KerberosFault.NO_COMMON_TYPE;
      case 18 -> KerberosFault.CLIENT_LOCKED;
      case 23 -> KerberosFault.PASSWORD_EXPIRED;
      case 24, 31 -> KerberosFault.WRONG_SECRET;
      case 32, 33 -> KerberosFault.NO_VALID_TICKET;
      case 37 -> KerberosFault.SKEW;
      case 68 -> KerberosFault.WRONG_REALM;
      default -> KerberosFault.OTHER;
    };
  }

  /** The number of RFC 4120 that a code of libkrb5 carries, or the code itself. */
  static int number(int code) {
    return code >= BASE && code < PROTOCOL_END ? code - BASE : code;
  }

  /** What a code of libkrb5 means. */
  static KerberosFault ofLibrary(int code) {
    if (code >= BASE && code < PROTOCOL_END) {
      return ofProtocol(code - BASE);
    }
    return switch (code) {
      case CC_NOTFOUND, CC_END -> KerberosFault.NO_VALID_TICKET;
      case FCC_NOFILE -> KerberosFault.NO_CACHE;
      case KT_NOTFOUND -> KerberosFault.NO_KEY;
      case KDC_UNREACH -> KerberosFault.KDC_SILENT;
      case REALM_CANT_RESOLVE -> KerberosFault.KDC_UNRESOLVED;
      case REALM_UNKNOWN -> KerberosFault.KDC_UNKNOWN;
      case CONFIG_NODEFREALM -> KerberosFault.NO_REALM;
      case PREAUTH_FAILED -> KerberosFault.WRONG_SECRET;
      case KDCREP_SKEW -> KerberosFault.SKEW;
      case PROG_ETYPE_NOSUPP, CONFIG_ETYPE_NOSUPP, NOPERM_ETYPE, CC_NOT_KTYPE ->
          KerberosFault.NO_COMMON_TYPE;
      case PARSE_ILLCHAR, PARSE_MALFORMED -> KerberosFault.MALFORMED;
      default ->
          isConfiguration(code) || isOfCache(code) ? KerberosFault.FILE : KerberosFault.OTHER;
    };
  }

  /** Whether it is krb5.conf that cannot be used. */
  static boolean isConfiguration(int code) {
    return code == CONFIG_CANTOPEN
        || code == CONFIG_BADFORMAT
        || (code >= PROFILE && code < PROFILE_END);
  }

  /** Whether it is a credential cache, or a file, that cannot be used. */
  static boolean isOfCache(int code) {
    return switch (code) {
      case CC_UNKNOWN_TYPE, CC_BADNAME, CC_FORMAT, FCC_PERM, CC_IO -> true;
      case EPERM, ENOENT, EACCES, ENOTDIR, EISDIR, ENOSPC, EROFS, ELOOP -> true;
      default -> code >= CACHE_TYPES && code < CACHE_TYPES_END; // its folder, or its daemon
    };
  }

  /** Whether it may be that a cache could not be written. */
  static boolean isOfWriting(int code) {
    return (code > 0 && code < ERRNO_END)
        || code == FCC_PERM
        || code == CC_IO
        || code == CC_WRITE
        || code == CC_READONLY;
  }
}
