// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON on streams of any charset. */
class JsonTest {
  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "US-ASCII", "ISO-8859-1"})
  void everyStringSurvivesEveryCharset(String name) {
    Charset charset = Charset.forName(name);
    String text = "gr\u00fc\u00dfe \u20ac \ud83d\ude00 \udcff \ud800 \udc80x\"\\\u001b";
    byte[] printed = Json.text(Map.of("s", text), charset).getBytes(charset);
    String read =
        JsonParser.parseString(new String(printed, charset))
            .getAsJsonObject()
            .get("s")
            .getAsString();
    assertThat(read).isEqualTo(text);
  }

  @Test
  void whatTheCharsetHasIsNotEscaped() {
    assertThat(Json.text("gr\u00fc\u00dfe \ud83d\ude00", StandardCharsets.UTF_8))
        .isEqualTo("\"gr\u00fc\u00dfe \ud83d\ude00\"");
    assertThat(Json.text(null, StandardCharsets.UTF_8)).isEqualTo("null");
  }
}
