// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.krb.Der;
import io.rxrpc.security.krb.KerberosCipher;
import io.rxrpc.security.krb.KrbException;
import io.rxrpc.security.rxkad.VectorFile.Row;
import io.rxrpc.wire.AbortCodes;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vectors of tickets.json: classic tickets, Kerberos 5 tickets, session keys. */
class TicketVectorsTest {
  private static final Row VECTORS = VectorFile.read("tickets");

  /** When OpenAFS was asked. */
  private static final long THEN = Instant.parse("2026-11-22T12:00:00Z").getEpochSecond();

  static List<Named<Row>> classic() {
    return VECTORS.named("k4_tickets");
  }

  static List<Named<Row>> kerberos() {
    return VECTORS.named("k5_encpart_tokens");
  }

  @ParameterizedTest
  @MethodSource("classic")
  void opensClassicTickets(Row row) throws SecurityFailure {
    Ticket t = ClassicTicket.open(row.hex("ticket"), row.hex("service_key"));
    assertThat(t.name()).isEqualTo(row.text("name"));
    assertThat(t.instance()).isEqualTo(row.text("instance"));
    assertThat(t.cell()).isEqualTo(row.text("cell"));
    assertThat(t.sessionKey()).isEqualTo(row.hex("session_key"));
    assertThat(t.service()).isEqualTo(row.text("sname"));
    assertThat(t.serviceInstance()).isEqualTo(row.text("sinst"));
    assertThat(t.start()).isEqualTo(row.number("decoded_start"));
    assertThat(t.end()).isEqualTo(row.number("decoded_end"));
    int code = row.int32("decode_code");
    if (code == 0) {
      TicketTimes.check(t.start(), t.end(), THEN);
    } else {
      assertThatThrownBy(() -> TicketTimes.check(t.start(), t.end(), THEN))
          .isInstanceOfSatisfying(
              SecurityFailure.class, e -> assertThat(e.abortCode()).isEqualTo(code));
    }
  }

  @ParameterizedTest
  @MethodSource("classic")
  void makesTheSameClassicTickets(Row row) throws SecurityFailure {
    Ticket t = ClassicTicket.open(row.hex("ticket"), row.hex("service_key"));
    byte[] made = ClassicTicket.seal(t, row.int32("lifetime_byte"), row.hex("service_key"));
    if (row.text("host").equals("00000000")) {
      assertThat(made).isEqualTo(row.hex("ticket"));
    }
    byte[] plain = TestKeys.pcbc(false, row.hex("service_key"), row.hex("ticket"));
    assertThat(plain).isEqualTo(row.hex("plain"));
  }

  @Test
  void opensLittleEndianTickets() throws SecurityFailure {
    for (Row row : VECTORS.rows("k4_little_endian")) {
      Ticket t = ClassicTicket.open(row.hex("ticket"), row.hex("service_key"));
      assertThat(t.sessionKey()).isEqualTo(row.hex("session_key"));
      assertThat(t.start()).isEqualTo(row.number("start"));
      assertThat(t.end()).isEqualTo(TicketTimes.NEVER);
    }
  }

  @ParameterizedTest
  @MethodSource("kerberos")
  void opensKerberosTickets(Row row) throws SecurityFailure, KrbException {
    KerberosTicket outside = KerberosTicket.parse(row.int32("token_kvno"), row.hex("ticket"));
    assertThat(outside.enctype()).isEqualTo(row.int32("enctype"));
    assertThat(outside.kvno()).isEqualTo(row.int32("enctype") == 17 ? 5 : 6);
    KerberosCipher cipher = KerberosCipher.of(row.int32("enctype"));
    Der d = Der.of(row.hex("ticket")).only(Der.SEQUENCE);
    d.skipOptional(Der.context(0));
    d.skipOptional(Der.context(1));
    byte[] sealed = d.enter(Der.context(2)).octets();
    assertThat(cipher.decrypt(row.hex("service_key"), KerberosTicket.TICKET_USAGE, sealed))
        .isEqualTo(row.hex("enc_ticket_part_plain"));
    Ticket t = outside.open(row.hex("service_key"), false);
    assertThat(t.name()).isEqualTo("eve");
    assertThat(t.instance()).isEqualTo(row.int32("enctype") == 17 ? "" : "adm");
    assertThat(t.cell()).isEqualTo("EXAMPLE.COM");
    assertThat(t.sessionKey()).isEqualTo(row.hex("session_key"));
    assertThat(t.end()).isEqualTo(4_000_000_000L);
  }

  @Test
  void derivesSessionKeys() throws SecurityFailure {
    for (Row row : VECTORS.rows("k5_kdf")) {
      byte[] derived = SessionKeys.derive(row.int32("enctype"), row.hex("session_key"));
      assertThat(HexFormat.of().formatHex(derived))
          .as("encryption type %d", row.number("enctype"))
          .isEqualTo(row.text("des_key"));
    }
  }

  @Test
  void refusesSessionKeysThatRxkadDoesNotKnow() {
    for (int type : new int[] {0, -1, 4, 6, 8, 12, 15}) {
      assertThatThrownBy(() -> SessionKeys.derive(type, new byte[16]))
          .isInstanceOfSatisfying(
              SecurityFailure.class,
              e -> assertThat(e.abortCode()).isEqualTo(AbortCodes.RXKADBADTICKET));
    }
    assertThatThrownBy(() -> SessionKeys.derive(17, new byte[6]))
        .isInstanceOf(SecurityFailure.class);
    assertThatThrownBy(() -> SessionKeys.derive(1, new byte[16]))
        .isInstanceOf(SecurityFailure.class);
    assertThatThrownBy(() -> SessionKeys.derive(16, new byte[23]))
        .isInstanceOf(SecurityFailure.class);
  }
}
