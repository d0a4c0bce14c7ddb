// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A name as the tokens of rxgk carry it: octets that say who, and a text that shows it to people.
 * Equal if kind and octets are: the text proves nothing. Immutable.
 */
public final class AuthName {
  /** The octets are a name of Kerberos 4. */
  public static final int KERBEROS4 = 1;

  /** The octets are a name that a GSS mechanism has exported (RFC 2743, 3.2). */
  public static final int GSS = 2;

  /** Token id, and the object identifier of Kerberos 5 with its length, in an exported name. */
  private static final byte[] KERBEROS5 = HexFormat.of().parseHex("0401000b06092a864886f712010202");

  private final int kind;
  private final byte[] data;
  private final String display;

  /**
   * A name.
   *
   * @param kind {@link #KERBEROS4}, {@link #GSS} or another number
   * @param data who it is, copied
   * @param display for people; may be empty
   */
  public AuthName(int kind, byte[] data, String display) {
    this.kind = kind;
    this.data = data.clone();
    this.display = display;
  }

  /**
   * {@return the name that Kerberos 5's mechanism exports for a principal, {@code user@REALM}}
   *
   * @param principal the principal, such as user@EXAMPLE.ORG
   */
  public static AuthName kerberos5(String principal) {
    byte[] name = principal.getBytes(StandardCharsets.UTF_8);
    byte[] exported =
        ByteBuffer.allocate(KERBEROS5.length + Integer.BYTES + name.length)
            .put(KERBEROS5)
            .putInt(name.length)
            .put(name)
            .array();
    return new AuthName(GSS, exported, principal);
  }

  /** {@return what the octets are} */
  public int kind() {
    return kind;
  }

  /** {@return a copy of the octets} */
  public byte[] data() {
    return data.clone();
  }

  /** {@return what the token says to people; nothing may be permitted by it} */
  public String display() {
    return display;
  }

  /**
   * {@return who it is, as the octets say: the principal of Kerberos 4 or 5 where they are one in
   * UTF-8, else {@code #} and the kind, a colon, and their hexadecimal digits}
   */
  public String principal() {
    String text =
        switch (kind) {
          case KERBEROS4 -> text(0);
          case GSS -> kerberos5();
          default -> null;
        };
    return text == null ? "#" + kind + ":" + HexFormat.of().formatHex(data) : text;
  }

  private @Nullable String kerberos5() {
    int at = KERBEROS5.length + Integer.BYTES;
    boolean its =
        data.length >= at
            && Arrays.equals(data, 0, KERBEROS5.length, KERBEROS5, 0, KERBEROS5.length)
            && ByteBuffer.wrap(data).getInt(KERBEROS5.length) == data.length - at;
    return its ? text(at) : null;
  }

  /** Null if it is no text, or one that could pass for the form in digits, or forge a line. */
  private @Nullable String text(int from) {
    String text;
    try {
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(data, from, data.length - from))
              .toString();
    } catch (CharacterCodingException e) {
      return null; // octets are shown as digits
    }
    boolean fit =
        !text.isEmpty() && text.charAt(0) != '#' && text.chars().noneMatch(Character::isISOControl);
    return fit ? text : null;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof AuthName n && kind == n.kind && Arrays.equals(data, n.data);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(data) + kind;
  }

  @Override
  public String toString() {
    return principal();
  }
}
