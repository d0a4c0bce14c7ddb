// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.text;

import io.rxrpc.key.RxgkToken;
import io.rxrpc.key.RxkadToken;
import io.rxrpc.key.Token;
import io.rxrpc.tokens.store.StoredKey;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keys for people and for programs, without their secrets. */
public final class KeyText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  private KeyText() {}

  /** What is known of a key without its secrets. */
  public static Map<String, Object> json(StoredKey key, Instant now) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("description", key.description());
    row.put("type", key.type());
    if (!key.cell().isEmpty()) {
      row.put("cell", key.cell());
    }
    switch (key.token()) {
      case RxkadToken token -> {
        row.put("security", "rxkad");
        row.put("kvno", token.kvno());
        row.put("ticket_bytes", token.ticketLength());
        if (token.begin() != 0) {
          row.put("begins", Instant.ofEpochSecond(token.begin()).toString());
        }
      }
      case RxgkToken token -> {
        row.put("security", token.securityIndex() == RxgkToken.YFS ? "yfs-rxgk" : "rxgk");
        row.put("level", token.level());
        row.put("enctype", token.enctype());
        row.put("ticket_bytes", token.tokenLength());
      }
      case null -> {}
    }
    Instant end = key.expiry();
    if (end != null) {
      row.put("ends", end.toString());
      row.put("expired", key.expired(now));
    }
    return row;
  }

  /** When it ends, and how long that is. */
  public static String end(@Nullable Instant end, Instant now) {
    if (end == null) {
      return "no end";
    }
    Duration left = Duration.between(now, end);
    return TIME.format(end) + (left.isPositive() ? " (" + rough(left) + " left)" : " (expired)");
  }

  static String rough(Duration d) {
    if (d.toDays() > 0) {
      return d.toDays() + " d " + d.toHoursPart() + " h";
    }
    return d.toHours() > 0
        ? d.toHours() + " h " + d.toMinutesPart() + " min"
        : d.toMinutes() + " min " + d.toSecondsPart() + " s";
  }

  /** What its ticket is. */
  public static String ticket(@Nullable Token token) {
    return switch (token) {
      case RxkadToken rxkad -> ticket(rxkad);
      case RxgkToken rxgk -> rxgk.securityIndex() == RxgkToken.YFS ? "yfs-rxgk" : "rxgk";
      case null -> "no ticket";
    };
  }

  private static String ticket(RxkadToken token) {
    return switch (token.kvno()) {
      case 256 -> "rxkad, Kerberos 5";
      case 213 -> "rxkad, Kerberos 5 (encrypted part)";
      default -> "rxkad, kvno " + Integer.toUnsignedString(token.kvno());
    };
  }
}
