// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.recorded;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rxrpc.afs.BuiltInService;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * A call that a real server was asked.
 *
 * @param procedure without the package's prefix; empty for an opcode that is nobody's
 * @param abort 0 where there is a reply
 * @param results what the reply means; null where nobody has said it
 */
public record RecordedCall(
    BuiltInService service,
    int opcode,
    String procedure,
    byte[] request,
    byte[] reply,
    int abort,
    JsonObject results) {
  public static List<RecordedCall> all() throws IOException {
    try (InputStream in = RecordedCall.class.getResourceAsStream("/recorded/calls.json")) {
      JsonObject file =
          JsonParser.parseReader(
                  new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8))
              .getAsJsonObject();
      List<RecordedCall> calls = new ArrayList<>();
      for (JsonElement call : file.getAsJsonArray("calls")) {
        calls.add(of(call.getAsJsonObject()));
      }
      return calls;
    }
  }

  private static RecordedCall of(JsonObject call) {
    return new RecordedCall(
        Objects.requireNonNull(BuiltInService.find(call.get("service").getAsString())),
        call.get("opcode").getAsInt(),
        call.get("procedure").getAsString(),
        octets(call, "request"),
        octets(call, "reply"),
        call.has("abort") ? call.get("abort").getAsInt() : 0,
        call.getAsJsonObject("results"));
  }

  private static byte[] octets(JsonObject call, String name) {
    return HexFormat.of().parseHex(call.has(name) ? call.get(name).getAsString() : "");
  }

  @Override
  public String toString() {
    return service.packageName() + procedure + " (" + opcode + ") of " + request.length;
  }
}
