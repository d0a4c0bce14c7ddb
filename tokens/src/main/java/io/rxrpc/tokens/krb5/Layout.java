// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.krb5;

/**
 * The structures of krb5.h that have no functions to read them: offsets in bytes, where longs and
 * pointers have 64 bits and ints 32. MIT Kerberos has kept them since its version 1.3; a test
 * compiles the header and compares.
 */
final class Layout {
  /** {@code krb5_creds}. */
  static final int CREDS_CLIENT = 8;

  static final int CREDS_SERVER = 16;
  static final int CREDS_KEYBLOCK = 24;
  static final int CREDS_TIMES = 48;
  static final int CREDS_TICKET = 80;
  static final int CREDS_SIZE = 120;

  /** {@code krb5_keyblock}. */
  static final int KEYBLOCK_ENCTYPE = 4;

  static final int KEYBLOCK_LENGTH = 8;
  static final int KEYBLOCK_CONTENTS = 16;

  /** {@code krb5_ticket_times}: seconds since 1970 in 32 bits, which libkrb5 takes as unsigned. */
  static final int TIMES_AUTH = 0;

  static final int TIMES_START = 4;
  static final int TIMES_END = 8;

  /** {@code krb5_data}. */
  static final int DATA_LENGTH = 4;

  static final int DATA_DATA = 8;
  static final int DATA_SIZE = 16;

  /** {@code krb5_ticket}. */
  static final int TICKET_SERVER = 8;

  static final int TICKET_SIZE_READ = 16;

  /** {@code krb5_principal_data}. */
  static final int PRINCIPAL_TYPE = 36;

  static final int PRINCIPAL_SIZE = 40;

  private Layout() {}
}
