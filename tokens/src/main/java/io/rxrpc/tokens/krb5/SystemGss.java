// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.krb5;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Memory and calls of one thread at libgssapi: buffers in, buffers out, statuses into exceptions.
 * What functions give out is copied and released at once. Closing it frees what was allocated here.
 */
final class SystemGss implements AutoCloseable {
  /** Octets of {@code gss_buffer_desc} (length, pointer) and of {@code gss_OID_desc}. */
  private static final int PAIR = 16;

  private static final int POINTER = 8;

  /** {@code gss_key_value_set_desc}: a count, and a pointer to pairs of texts. */
  private static final int STORE_ELEMENTS = 8;

  /** {@code GSS_C_GSS_CODE} and {@code GSS_C_MECH_CODE}. */
  private static final int[] STATUS_KINDS = {1, 2};

  /** Errors of routines and of calls; the bits below them are information. */
  private static final int ERRORS = 0xffff_0000;

  /** What a text or a token may have at most: no pointer into nowhere is followed far. */
  private static final long MAX = 64L << 20;

  /** The mechanism Kerberos 5, 1.2.840.113554.1.2.2, and the name type of its principals. */
  private static final byte[] MECHANISM = {
    0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x12, 0x01, 0x02, 0x02
  };

  private static final byte[] PRINCIPAL = {
    0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x12, 0x01, 0x02, 0x02, 0x01
  };

  private final CLibrary library;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment minor = arena.allocate(JAVA_INT);
  private final MemorySegment mechanism = oid(MECHANISM);

  SystemGss(CLibrary library) {
    this.library = library;
  }

  /** The mechanism's object identifier. */
  MemorySegment mechanism() {
    return mechanism;
  }

  /** Where a function puts a pointer; null before. */
  MemorySegment place() {
    return arena.allocate(ADDRESS);
  }

  /** Where a function puts a number. */
  MemorySegment number() {
    return arena.allocate(JAVA_INT);
  }

  private MemorySegment oid(byte[] elements) {
    MemorySegment oid = arena.allocate(PAIR, POINTER);
    oid.set(JAVA_INT, 0, elements.length);
    oid.set(ADDRESS, POINTER, arena.allocateFrom(JAVA_BYTE, elements));
    return oid;
  }

  /** Calls a function and returns its status, of which a part may be information. */
  int call(String function, Object... arguments) throws GssException {
    Object[] all = new Object[arguments.length + 1];
    all[0] = minor;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    int major = library.code(function, all);
    if ((major & ERRORS) != 0) {
      int number = minor.get(JAVA_INT, 0);
      throw new GssException(major, number, text(major, number), null);
    }
    return major;
  }

  /** Calls a function that gives something back; that it fails means nothing. */
  void release(String function, MemorySegment... arguments) {
    Object[] all = new Object[arguments.length + 1];
    all[0] = minor;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    library.code(function, all);
  }

  /** What a status means, both in GSS-API's and in the mechanism's words. */
  private String text(int major, int number) {
    StringBuilder text = new StringBuilder();
    int[] values = {major, number};
    for (int i = 0; i < STATUS_KINDS.length; i++) {
      MemorySegment more = number();
      MemorySegment out = buffer();
      MemorySegment own = number();
      int status =
          library.code("gss_display_status", own, values[i], STATUS_KINDS[i], mechanism, more, out);
      if (status == 0) {
        String part = new String(taken(out), StandardCharsets.UTF_8).strip();
        text.append(text.isEmpty() || part.isEmpty() ? "" : ": ").append(part);
      }
    }
    return text.isEmpty() ? "GSS-API status " + Integer.toHexString(major) : text.toString();
  }

  /** An empty buffer that a function fills. */
  MemorySegment buffer() {
    return arena.allocate(PAIR, POINTER);
  }

  /** A buffer with octets, which live as long as an arena. */
  static MemorySegment buffer(Arena scope, byte[] octets) {
    MemorySegment buffer = scope.allocate(PAIR, POINTER);
    buffer.set(JAVA_LONG, 0, octets.length);
    buffer.set(
        ADDRESS,
        POINTER,
        octets.length == 0 ? MemorySegment.NULL : scope.allocateFrom(JAVA_BYTE, octets));
    return buffer;
  }

  /** Copies what a function has put into a buffer, clears and releases that. */
  byte[] taken(MemorySegment buffer) {
    long length = buffer.get(JAVA_LONG, 0);
    if (length < 0 || length > MAX) {
      throw new IllegalStateException("libgssapi gives " + length + " bytes");
    }
    byte[] octets = new byte[0];
    if (length > 0) {
      MemorySegment content = Context.sized(buffer.get(ADDRESS, POINTER), length);
      octets = content.toArray(JAVA_BYTE);
      content.fill((byte) 0);
    }
    release("gss_release_buffer", buffer);
    return octets;
  }

  /** A principal as a name, which the caller releases. */
  MemorySegment name(String principal) throws GssException {
    MemorySegment out = place();
    call(
        "gss_import_name",
        buffer(arena, principal.getBytes(StandardCharsets.UTF_8)),
        oid(PRINCIPAL),
        out);
    return out;
  }

  /** A name as {@code NAME@REALM}. */
  String text(MemorySegment name) throws GssException {
    MemorySegment out = buffer();
    call("gss_display_name", name.get(ADDRESS, 0), out, MemorySegment.NULL);
    return new String(taken(out), StandardCharsets.UTF_8);
  }

  /** A name as it is compared. */
  byte[] exported(MemorySegment name) throws GssException {
    MemorySegment out = buffer();
    call("gss_export_name", name.get(ADDRESS, 0), out);
    return taken(out);
  }

  /**
   * Credentials out of a store: a cache for an initiator, a keytab for an acceptor.
   *
   * @param usage {@code GSS_C_INITIATE} (1) or {@code GSS_C_ACCEPT} (2)
   * @return where they are; the caller releases them
   */
  MemorySegment credentials(int usage, Map<String, String> store) throws GssException {
    MemorySegment elements = arena.allocate((long) PAIR * store.size(), POINTER);
    long at = 0;
    for (Map.Entry<String, String> e : store.entrySet()) {
      elements.set(ADDRESS, at, arena.allocateFrom(e.getKey(), StandardCharsets.UTF_8));
      elements.set(ADDRESS, at + POINTER, arena.allocateFrom(e.getValue(), StandardCharsets.UTF_8));
      at += PAIR;
    }
    MemorySegment set = arena.allocate(PAIR, POINTER);
    set.set(JAVA_INT, 0, store.size());
    set.set(ADDRESS, STORE_ELEMENTS, elements);
    MemorySegment mechanisms = arena.allocate(PAIR, POINTER); // gss_OID_set_desc
    mechanisms.set(JAVA_LONG, 0, 1);
    mechanisms.set(ADDRESS, POINTER, mechanism);
    MemorySegment out = place();
    call(
        "gss_acquire_cred_from",
        MemorySegment.NULL,
        -1,
        mechanisms,
        usage,
        set,
        out,
        MemorySegment.NULL,
        MemorySegment.NULL);
    return out;
  }

  @Override
  public void close() {
    arena.close();
  }
}
