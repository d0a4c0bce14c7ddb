// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.peers;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test class that talks to real programs, and is skipped where they cannot be had. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(PeersExtension.class)
public @interface Needs {
  /** What the class cannot do without. */
  Peer[] value();

  /** Kinds of real programs. */
  enum Peer {
    /** A cell of servers; a parameter of type {@link Cell} gets it. */
    CELL,
    /** A cell whose servers check who calls, and a KDC; a {@link SecureCell} gets it. */
    SECURE_CELL,
    /** The same, with a DES key. */
    DES_CELL,
    /** The same, with an AES key. */
    AES_CELL,
    /** KDCs of realms that trust each other, and aklog; a {@link Realms} gets them. */
    REALMS,
    /** The commands vos, pts, bos and rxdebug. */
    CLIENTS,
    /** Wireshark's dissector. */
    TSHARK,
    /** C's rxgen, the library it wants, and a C compiler. */
    C_RXGEN
  }
}
