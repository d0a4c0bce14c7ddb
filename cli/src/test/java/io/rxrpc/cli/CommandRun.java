// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** One run of the command inside the test: its exit code and what it printed. */
public record CommandRun(int code, byte[] stdout, String err) {

  public static CommandRun of(String... args) {
    return withInput(new byte[0], args);
  }

  public static CommandRun withInput(byte[] stdin, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Rxrpc.run(
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new ByteArrayInputStream(stdin),
            args);
    return new CommandRun(code, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
  }

  public String out() {
    return new String(stdout, StandardCharsets.UTF_8);
  }

  public JsonElement json() {
    return JsonParser.parseString(out());
  }
}
