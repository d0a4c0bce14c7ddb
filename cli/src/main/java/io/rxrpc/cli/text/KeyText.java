// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.text;

import io.rxrpc.key.RxgkTime;
import io.rxrpc.key.RxgkToken;
import io.rxrpc.key.RxkadToken;
import io.rxrpc.key.Token;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.krb.EnctypeNames;
import io.rxrpc.tokens.store.StoredKey;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
    Token used = key.used(now);
    if (used != null) {
      json(row, used, now);
    }
    if (key.tokens().tokens().size() > 1) {
      List<Object> all = new ArrayList<>();
      for (Token token : key.tokens().tokens()) {
        Map<String, Object> one = new LinkedHashMap<>();
        json(one, token, now);
        all.add(one);
      }
      row.put("tokens", all);
    }
    return row;
  }

  private static void json(Map<String, Object> row, Token token, Instant now) {
    switch (token) {
      case RxkadToken t -> {
        row.put("security", "rxkad");
        row.put("kvno", t.kvno());
        row.put("ticket_bytes", t.ticketLength());
        if (t.begin() != 0) {
          row.put("begins", Instant.ofEpochSecond(t.begin()).toString());
        }
      }
      case RxgkToken t -> {
        row.put("security", mechanism(t));
        row.put("enctype", EnctypeNames.of(t.enctype()));
        row.put("level", level(t));
        row.put("token_bytes", t.tokenLength());
        row.put("key_seconds", t.lifetime());
        row.put("key_bytes_log2", t.bytelife());
        if (t.begin() != 0) {
          row.put("begins", RxgkTime.instant(t.begin()).toString());
        }
      }
    }
    if (!token.endless()) {
      row.put("ends", token.expiry().toString());
      row.put("expired", !now.isBefore(token.expiry()));
    }
  }

  private static String mechanism(RxgkToken token) {
    return token.securityIndex() == RxgkToken.YFS ? "yfs-rxgk" : "rxgk";
  }

  private static String level(RxgkToken token) {
    SecurityLevel level = SecurityLevel.of(token.level());
    return level == null ? "level " + token.level() : level.label();
  }

  /** When a token ends, and how long that is. */
  public static String end(Token token, Instant now) {
    return end(token.endless() ? null : token.expiry(), now);
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
      case RxgkToken t ->
          mechanism(t) + ", " + EnctypeNames.of(t.enctype()) + ", level " + level(t);
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
