// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.krb.Des;
import io.rxrpc.security.krb.KrbException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Tickets in the Kerberos 4 form, sealed with a DES service key (rxkad.md 8). */
final class ClassicTicket {
  private static final int LITTLE_ENDIAN = 1;
  private static final int ADDRESS = 4;

  /** A length at which OpenAFS takes any amount of padding. */
  private static final int ANY_PADDING = 56;

  private ClassicTicket() {}

  /** Opens a ticket; its times are not looked at. */
  static Ticket open(byte[] sealed, byte[] serviceKey) throws SecurityFailure {
    if (sealed.length % Des.LENGTH != 0) {
      throw RxkadFailures.badTicket("its length is not a multiple of 8");
    }
    byte[] plain = pcbc(false, serviceKey, sealed);
    try {
      return new Cursor(plain).ticket();
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /**
   * Makes a ticket, big-endian.
   *
   * @param lifetime the lifetime byte
   */
  static byte[] seal(Ticket ticket, int lifetime, byte[] serviceKey) throws SecurityFailure {
    byte[] name = text(ticket.name());
    byte[] instance = text(ticket.instance());
    byte[] cell = text(ticket.cell());
    byte[] service = text(ticket.service());
    byte[] serviceInstance = text(ticket.serviceInstance());
    int length =
        1
            + name.length
            + instance.length
            + cell.length
            + ADDRESS
            + FcryptKey.LENGTH
            + 1
            + 4
            + service.length
            + serviceInstance.length;
    byte[] plain = new byte[(length + Des.LENGTH - 1) & -Des.LENGTH];
    try {
      ByteBuffer.wrap(plain)
          .put((byte) 0)
          .put(name)
          .put(instance)
          .put(cell)
          .putInt(0)
          .put(ticket.sessionKey())
          .put((byte) lifetime)
          .putInt((int) ticket.start())
          .put(service)
          .put(serviceInstance);
      return pcbc(true, serviceKey, plain);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private static byte[] pcbc(boolean encrypt, byte[] key, byte[] data) throws SecurityFailure {
    try {
      return Des.pcbc(encrypt, key, data);
    } catch (KrbException e) {
      throw RxkadFailures.of(e);
    }
  }

  /** With its NUL. */
  private static byte[] text(String s) {
    byte[] bytes = s.getBytes(StandardCharsets.UTF_8);
    return Arrays.copyOf(bytes, bytes.length + 1);
  }

  /** Reads field after field, never behind the end. */
  private static final class Cursor {
    private final byte[] plain;
    private int at;

    Cursor(byte[] plain) {
      this.plain = plain;
    }

    Ticket ticket() throws SecurityFailure {
      int flags = octet();
      String name = text(false, "name");
      String instance = text(true, "instance");
      String cell = text(true, "cell");
      need(ADDRESS + FcryptKey.LENGTH);
      at += ADDRESS;
      byte[] sessionKey = Arrays.copyOfRange(plain, at, at + FcryptKey.LENGTH);
      at += FcryptKey.LENGTH;
      try {
        int lifetime = octet();
        long start = start((flags & LITTLE_ENDIAN) != 0);
        String service = text(false, "service name");
        String serviceInstance = text(true, "service instance");
        padding();
        return new Ticket(
            name,
            instance,
            cell,
            sessionKey.clone(),
            start,
            TicketTimes.end(start, lifetime),
            service,
            serviceInstance);
      } finally {
        Arrays.fill(sessionKey, (byte) 0);
      }
    }

    private void need(int bytes) throws SecurityFailure {
      if (plain.length - at < bytes) {
        throw RxkadFailures.badTicket("it ends too early");
      }
    }

    private int octet() throws SecurityFailure {
      need(1);
      return plain[at++] & 0xff;
    }

    private long start(boolean littleEndian) throws SecurityFailure {
      need(4);
      int start =
          ByteBuffer.wrap(plain)
              .order(littleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN)
              .getInt(at);
      at += 4;
      return Integer.toUnsignedLong(start);
    }

    /** the NUL is inside what remains and inside the limit. */
    private String text(boolean mayBeEmpty, String what) throws SecurityFailure {
      int end = at;
      int limit = Math.min(plain.length, at + TicketText.MAX + 1);
      while (end < limit && plain[end] != 0) {
        end++;
      }
      if (end == limit) {
        throw RxkadFailures.badTicket("its " + what + " has no end");
      }
      String text = TicketText.name(plain, at, end, mayBeEmpty, what);
      at = end + 1;
      return text;
    }

    private void padding() throws SecurityFailure {
      if (plain.length - at >= Des.LENGTH && plain.length != ANY_PADDING) {
        throw RxkadFailures.badTicket("its padding is too long");
      }
      for (int i = at; i < plain.length; i++) {
        if (plain[i] != 0) {
          throw RxkadFailures.badTicket("its padding is not zero");
        }
      }
    }
  }
}
