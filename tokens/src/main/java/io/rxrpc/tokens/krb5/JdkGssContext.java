// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.krb5;

import com.sun.security.jgss.ExtendedGSSContext;
import com.sun.security.jgss.InquireType;
import io.rxrpc.security.krb.KerberosKey;
import io.rxrpc.security.krb.KrbException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import javax.security.auth.Subject;
import javax.security.auth.kerberos.EncryptionKey;
import javax.security.auth.kerberos.KeyTab;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.GSSName;
import org.ietf.jgss.MessageProp;
import org.ietf.jgss.Oid;
import org.jspecify.annotations.Nullable;

/**
 * A context of the JDK, of either end. It has no GSS_Pseudo_random: that is computed from the
 * context's key, which is the acceptor's subkey where there is one.
 */
final class JdkGssContext implements GssContext {
  private static final String MECHANISM = "1.2.840.113554.1.2.2";
  private static final String PRINCIPAL = "1.2.840.113554.1.2.2.1";

  /** Where GSS-API has the error of a routine in a status. */
  private static final int ROUTINE_SHIFT = 16;

  private final Subject subject;
  private final GSSContext context;

  /** Of an acceptor; null for an initiator. */
  private final @Nullable Path keytab;

  private byte[] first = new byte[0];

  private JdkGssContext(Subject subject, GSSContext context, @Nullable Path keytab) {
    this.subject = subject;
    this.context = context;
    this.keytab = keytab;
  }

  /** An initiator with the tickets of a subject. */
  static JdkGssContext initiator(Subject subject, String target) throws GssException {
    GSSContext context =
        as(
            subject,
            () -> {
              GSSManager manager = GSSManager.getInstance();
              GSSName name = manager.createName(target, new Oid(PRINCIPAL));
              GSSContext made =
                  manager.createContext(
                      name, new Oid(MECHANISM), null, GSSContext.DEFAULT_LIFETIME);
              made.requestMutualAuth(true);
              made.requestConf(true);
              made.requestInteg(true);
              return made;
            });
    return new JdkGssContext(subject, context, null);
  }

  /** An acceptor with any key of a keytab. */
  static JdkGssContext acceptor(Path keytab) throws GssException {
    Subject subject =
        new Subject(false, Set.of(), Set.of(), Set.of(KeyTab.getUnboundInstance(keytab.toFile())));
    GSSContext context =
        as(
            subject,
            () -> {
              GSSManager manager = GSSManager.getInstance();
              GSSCredential any =
                  manager.createCredential(
                      null,
                      GSSCredential.INDEFINITE_LIFETIME,
                      new Oid(MECHANISM),
                      GSSCredential.ACCEPT_ONLY);
              return manager.createContext(any);
            });
    return new JdkGssContext(subject, context, keytab);
  }

  /** Something that GSS may refuse. */
  @FunctionalInterface
  private interface Work<T> {
    T run() throws GSSException;
  }

  private static <T> T as(Subject subject, Work<T> work) throws GssException {
    record Outcome<T>(T value, GSSException failure) {}
    @SuppressWarnings("NullAway") // one of the two is there
    Outcome<T> outcome =
        Subject.callAs(
            subject,
            () -> {
              try {
                return new Outcome<>(work.run(), null);
              } catch (GSSException e) {
                return new Outcome<>(null, e);
              }
            });
    if (outcome.failure != null) {
      throw failure(outcome.failure);
    }
    return outcome.value;
  }

  private static GssException failure(GSSException e) {
    String minor = e.getMinorString();
    String detail = e.getMajorString() + (minor == null || minor.isEmpty() ? "" : ": " + minor);
    return new GssException(e.getMajor() << ROUTINE_SHIFT, e.getMinor(), detail, e);
  }

  private <T> T call(Work<T> work) throws GssException {
    return as(subject, work);
  }

  @Override
  public byte[] step(byte[] token) throws GssException {
    first = token.clone();
    byte[] out =
        call(
            () ->
                keytab == null
                    ? context.initSecContext(token, 0, token.length)
                    : context.acceptSecContext(token, 0, token.length));
    return out == null ? new byte[0] : out;
  }

  @Override
  public boolean established() {
    return context.isEstablished();
  }

  @Override
  public boolean protects() {
    return context.getMutualAuthState() && context.getConfState() && context.getIntegState();
  }

  @Override
  public byte[] wrap(byte[] message) throws GssException {
    return call(() -> context.wrap(message, 0, message.length, new MessageProp(0, true)));
  }

  @Override
  public byte[] unwrap(byte[] sealed) throws GssException {
    MessageProp properties = new MessageProp(0, false);
    byte[] message = call(() -> context.unwrap(sealed, 0, sealed.length, properties));
    if (!properties.getPrivacy() || properties.getQOP() != 0) {
      Arrays.fill(message, (byte) 0);
      throw new GssException(
          GSSException.BAD_QOP << ROUTINE_SHIFT,
          0,
          "a message that was not encrypted as asked for",
          null);
    }
    return message;
  }

  @Override
  public byte[] mic(byte[] message) throws GssException {
    return call(() -> context.getMIC(message, 0, message.length, new MessageProp(0, false)));
  }

  @Override
  public void verify(byte[] message, byte[] mic) throws GssException {
    call(
        () -> {
          context.verifyMIC(mic, 0, mic.length, message, 0, message.length, new MessageProp(false));
          return "";
        });
  }

  @Override
  public byte[] pseudoRandom(byte[] input, int length) throws GssException {
    EncryptionKey key =
        call(
            () -> {
              if (context instanceof ExtendedGSSContext extended
                  && extended.inquireSecContext(InquireType.KRB5_GET_SESSION_KEY_EX)
                      instanceof EncryptionKey k) {
                return k;
              }
              throw new GSSException(GSSException.UNAVAILABLE);
            });
    byte[] octets = key.getEncoded();
    try {
      KerberosKey own = KerberosKey.of(key.getKeyType(), octets);
      try {
        return own.gssPseudoRandom(input, length);
      } finally {
        own.destroy();
      }
    } catch (KrbException e) {
      throw new GssException(
          GSSException.UNAVAILABLE << ROUTINE_SHIFT,
          0,
          "the session key is of the type "
              + EncryptionType.name(key.getKeyType())
              + ", with which the JDK's Kerberos cannot negotiate",
          e);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  @Override
  public byte[] initiator() throws GssException {
    return call(() -> context.getSrcName().export());
  }

  @Override
  public String initiatorName() throws GssException {
    return call(() -> context.getSrcName().toString());
  }

  @Override
  public String acceptorName() throws GssException {
    return call(() -> context.getTargName().toString());
  }

  @Override
  public long secondsLeft() throws GssException {
    Path file = keytab;
    if (file == null) {
      return context.getLifetime();
    }
    try {
      long end = TicketEnd.of(first, file.toFile(), acceptorName());
      return Math.max(0, end - System.currentTimeMillis() / 1000);
    } catch (KrbException e) {
      throw new GssException(
          GSSException.FAILURE << ROUTINE_SHIFT, 0, "when the ticket ends cannot be told", e);
    }
  }

  @Override
  public void close() {
    try {
      context.dispose();
    } catch (GSSException e) {
      System.getLogger("io.rxrpc.tokens")
          .log(System.Logger.Level.DEBUG, "a context cannot be disposed of", e);
    }
  }
}
