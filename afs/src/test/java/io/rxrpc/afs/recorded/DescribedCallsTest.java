// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.rxrpc.afs.PackagedDescriptions;
import io.rxrpc.rxgen.model.DeclaredProcedure;
import io.rxrpc.rxgen.model.Description;
import io.rxrpc.rxgen.value.DynamicCodec;
import io.rxrpc.xdr.Octets;
import io.rxrpc.xdr.XdrReader;
import io.rxrpc.xdr.XdrWriter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real servers were asked and answered is what the descriptions say, in name and value. */
class DescribedCallsTest {
  private static final int FETCHED = 84 + 12 + 24;

  static List<RecordedCall> calls() throws Exception {
    return RecordedCall.all();
  }

  @ParameterizedTest
  @MethodSource("calls")
  void meansWhatWasFound(RecordedCall call) throws Exception {
    Description description = PackagedDescriptions.of(call.service());
    DeclaredProcedure procedure =
        description.packages().getFirst().procedures().stream()
            .filter(p -> p.opcode() == call.opcode())
            .findFirst()
            .orElse(null);
    if (call.procedure().isEmpty()) {
      assertThat(procedure).isNull();
      return;
    }
    assertThat(procedure.name()).isEqualTo(call.procedure());
    DynamicCodec codec = DynamicCodec.of(description);
    XdrReader request = XdrReader.of(call.request());
    assertThat(request.int32("opcode")).isEqualTo(call.opcode());
    Map<String, Object> parameters = codec.decodeRequest(procedure, request);
    XdrWriter again = new XdrWriter();
    again.int32(call.opcode());
    codec.encodeRequest(procedure, parameters, again);
    byte[] head =
        Arrays.copyOf(RecordedCallsTest.signed(call.request(), call), again.toByteArray().length);
    assertThat(hex(again.toByteArray())).isEqualTo(hex(head));
    if (procedure.mode() != DeclaredProcedure.Mode.SPLIT) {
      assertThat(head.length).isEqualTo(call.request().length);
    }
    if (call.abort() == 0) {
      reply(call, procedure, codec);
    }
  }

  private static void reply(RecordedCall call, DeclaredProcedure procedure, DynamicCodec codec)
      throws Exception {
    int data =
        switch (call.procedure()) {
          case "FetchData", "FetchData64" -> call.reply().length - FETCHED;
          case "GetLog" -> call.reply().length;
          default -> 0;
        };
    byte[] results = Arrays.copyOfRange(call.reply(), data, call.reply().length);
    XdrReader in = XdrReader.of(results);
    Map<String, Object> values = new LinkedHashMap<>(codec.decodeReply(procedure, in));
    in.end("");
    XdrWriter again = new XdrWriter();
    codec.encodeReply(procedure, values, again);
    assertThat(hex(again.toByteArray())).isEqualTo(hex(results));
    if (call.results() != null) {
      JsonObject expected = call.results().deepCopy();
      expected.remove("data");
      equal(call.procedure(), expected, values);
    }
  }

  private static String hex(byte[] octets) {
    return HexFormat.of().formatHex(octets);
  }

  private static void equal(String path, JsonElement expected, Object value) {
    if (expected.isJsonObject()) {
      Map<?, ?> fields = (Map<?, ?>) value;
      assertThat(fields.keySet()).as(path).hasSameSizeAs(expected.getAsJsonObject().keySet());
      expected
          .getAsJsonObject()
          .entrySet()
          .forEach(e -> equal(path + "." + e.getKey(), e.getValue(), fields.get(e.getKey())));
    } else if (expected.isJsonArray()) {
      List<?> list = (List<?>) value;
      int size = expected.getAsJsonArray().size();
      assertThat(list).as(path).hasSizeGreaterThanOrEqualTo(size);
      for (int i = 0; i < list.size(); i++) {
        String element = path + "[" + i + "]";
        if (i < size) {
          equal(element, expected.getAsJsonArray().get(i), list.get(i));
        } else {
          assertThat(list.get(i)).as(element).hasToString("0");
        }
      }
    } else if (value instanceof UUID) {
      assertThat(value).as(path).hasToString(expected.getAsString());
    } else if (expected.getAsJsonPrimitive().isNumber()) {
      assertThat(value).as(path).hasToString(expected.getAsString());
    } else {
      assertThat(shown(value)).as(path).isEqualTo(expected.getAsString());
    }
  }

  private static String shown(Object value) {
    return value instanceof Octets octets ? octets.toHex() : String.valueOf(value);
  }
}
