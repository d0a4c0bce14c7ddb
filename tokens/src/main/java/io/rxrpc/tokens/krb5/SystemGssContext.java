// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.krb5;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A context of the system's libgssapi_krb5, of either end. */
final class SystemGssContext implements GssContext {
  private static final int INITIATE = 1;
  private static final int ACCEPT = 2;

  private static final int MUTUAL = 2;
  private static final int CONFIDENTIAL = 16;
  private static final int INTEGRITY = 32;
  private static final int WANTED = MUTUAL | CONFIDENTIAL | INTEGRITY;

  private static final int CONTINUE_NEEDED = 1;

  /** {@code GSS_S_DEFECTIVE_TOKEN} and {@code GSS_S_BAD_QOP} as C has them. */
  private static final int DEFECTIVE = 9 << 16;

  private static final int BAD_QOP = 14 << 16;

  private final SystemGss gss;

  /** Null for an acceptor. */
  private final @Nullable String target;

  private final MemorySegment context;
  private MemorySegment credentials = MemorySegment.NULL;
  private MemorySegment targetName = MemorySegment.NULL;
  private boolean established;
  private boolean closed;

  private SystemGssContext(CLibrary library, @Nullable String target) {
    gss = new SystemGss(library);
    this.target = target;
    context = gss.place();
  }

  /**
   * An initiator with the tickets of a cache.
   *
   * @param cache {@code TYPE:RESIDUAL}
   * @param target a principal with its realm
   */
  static SystemGssContext initiator(CLibrary library, String cache, String target)
      throws GssException {
    SystemGssContext made = new SystemGssContext(library, target);
    return made.with(INITIATE, Map.of("ccache", cache));
  }

  /** An acceptor with any key of a keytab. */
  static SystemGssContext acceptor(CLibrary library, String keytab) throws GssException {
    return new SystemGssContext(library, null).with(ACCEPT, Map.of("keytab", keytab));
  }

  private SystemGssContext with(int usage, Map<String, String> store) throws GssException {
    boolean usable = false;
    try {
      credentials = gss.credentials(usage, store);
      String name = target;
      if (name != null) {
        targetName = gss.name(name);
      }
      usable = true;
      return this;
    } finally {
      if (!usable) {
        close();
      }
    }
  }

  @Override
  public byte[] step(byte[] token) throws GssException {
    MemorySegment out = gss.buffer();
    boolean done = false;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment in = SystemGss.buffer(arena, token);
      int status = target == null ? accept(in, out) : initiate(in, out);
      established = (status & CONTINUE_NEEDED) == 0;
      done = true;
    } finally {
      if (!done) { // an error, too, may have a token for the peer; nobody waits for it
        gss.release("gss_release_buffer", out);
      }
    }
    return gss.taken(out);
  }

  private int initiate(MemorySegment in, MemorySegment out) throws GssException {
    return gss.call(
        "gss_init_sec_context",
        credentials.get(ADDRESS, 0),
        context,
        targetName.get(ADDRESS, 0),
        gss.mechanism(),
        WANTED,
        0,
        MemorySegment.NULL,
        in,
        MemorySegment.NULL,
        out,
        MemorySegment.NULL,
        MemorySegment.NULL);
  }

  private int accept(MemorySegment in, MemorySegment out) throws GssException {
    return gss.call(
        "gss_accept_sec_context",
        context,
        credentials.get(ADDRESS, 0),
        in,
        MemorySegment.NULL,
        MemorySegment.NULL,
        MemorySegment.NULL,
        out,
        MemorySegment.NULL,
        MemorySegment.NULL,
        MemorySegment.NULL);
  }

  @Override
  public boolean established() {
    return established;
  }

  private MemorySegment handle() {
    if (!established) {
      throw new IllegalStateException("the context is not established");
    }
    return context.get(ADDRESS, 0);
  }

  @Override
  public boolean protects() throws GssException {
    MemorySegment flags = gss.number();
    inquire(MemorySegment.NULL, MemorySegment.NULL, MemorySegment.NULL, flags);
    return (flags.get(JAVA_INT, 0) & WANTED) == WANTED;
  }

  private void inquire(
      MemorySegment source, MemorySegment goal, MemorySegment lifetime, MemorySegment flags)
      throws GssException {
    gss.call(
        "gss_inquire_context",
        handle(),
        source,
        goal,
        lifetime,
        MemorySegment.NULL,
        flags,
        MemorySegment.NULL,
        MemorySegment.NULL);
  }

  @Override
  public byte[] wrap(byte[] message) throws GssException {
    MemorySegment out = gss.buffer();
    MemorySegment state = gss.number();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment in = SystemGss.buffer(arena, message);
      gss.call("gss_wrap", handle(), 1, 0, in, state, out);
    }
    return gss.taken(out);
  }

  @Override
  public byte[] unwrap(byte[] sealed) throws GssException {
    MemorySegment out = gss.buffer();
    MemorySegment state = gss.number();
    MemorySegment quality = gss.number();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment in = SystemGss.buffer(arena, sealed);
      gss.call("gss_unwrap", handle(), in, out, state, quality);
    }
    byte[] message = gss.taken(out);
    if (state.get(JAVA_INT, 0) == 0 || quality.get(JAVA_INT, 0) != 0) {
      throw new GssException(BAD_QOP, 0, "a message that was not encrypted as asked for", null);
    }
    return message;
  }

  @Override
  public byte[] mic(byte[] message) throws GssException {
    MemorySegment out = gss.buffer();
    try (Arena arena = Arena.ofConfined()) {
      gss.call("gss_get_mic", handle(), 0, SystemGss.buffer(arena, message), out);
    }
    return gss.taken(out);
  }

  @Override
  public void verify(byte[] message, byte[] mic) throws GssException {
    if (mic.length == 0) {
      throw new GssException(DEFECTIVE, 0, "no checksum", null);
    }
    try (Arena arena = Arena.ofConfined()) {
      gss.call(
          "gss_verify_mic",
          handle(),
          SystemGss.buffer(arena, message),
          SystemGss.buffer(arena, mic),
          MemorySegment.NULL);
    }
  }

  @Override
  public byte[] pseudoRandom(byte[] input, int length) throws GssException {
    MemorySegment out = gss.buffer();
    try (Arena arena = Arena.ofConfined()) {
      gss.call(
          "gss_pseudo_random",
          handle(),
          0, // GSS_C_PRF_KEY_FULL
          SystemGss.buffer(arena, input),
          (long) length,
          out);
    }
    return gss.taken(out);
  }

  @Override
  public byte[] initiator() throws GssException {
    MemorySegment name = gss.place();
    inquire(name, MemorySegment.NULL, MemorySegment.NULL, MemorySegment.NULL);
    try {
      return gss.exported(name);
    } finally {
      gss.release("gss_release_name", name);
    }
  }

  @Override
  public String initiatorName() throws GssException {
    return name(true);
  }

  @Override
  public String acceptorName() throws GssException {
    return name(false);
  }

  private String name(boolean ofInitiator) throws GssException {
    MemorySegment name = gss.place();
    inquire(
        ofInitiator ? name : MemorySegment.NULL,
        ofInitiator ? MemorySegment.NULL : name,
        MemorySegment.NULL,
        MemorySegment.NULL);
    try {
      return gss.text(name);
    } finally {
      gss.release("gss_release_name", name);
    }
  }

  @Override
  public long secondsLeft() throws GssException {
    MemorySegment seconds = gss.number();
    inquire(MemorySegment.NULL, MemorySegment.NULL, seconds, MemorySegment.NULL);
    return Integer.toUnsignedLong(seconds.get(JAVA_INT, 0));
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (context.get(ADDRESS, 0).address() != 0) {
      gss.release("gss_delete_sec_context", context, MemorySegment.NULL);
    }
    if (credentials.address() != 0) {
      gss.release("gss_release_cred", credentials);
    }
    if (targetName.address() != 0) {
      gss.release("gss_release_name", targetName);
    }
    gss.close();
  }
}
