// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.demo;

import io.rxrpc.AbortCode;
import io.rxrpc.CallOptions;
import io.rxrpc.LocalAbortException;
import io.rxrpc.RemoteAbortException;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.cli.frame.Progress;
import io.rxrpc.cli.text.SizeText;
import io.rxrpc.key.RxkadToken;
import io.rxrpc.load.data.EmbeddedKeys;
import io.rxrpc.load.demo.DemoRound.Unexpected;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.wire.AbortCodes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** What the demo shows of rxkad, with keys that only this process has. */
final class DemoSecurity {
  private final RxrpcEndpoint client;
  private final InetSocketAddress server;
  private final Progress progress;
  private final RxkadToken token;

  DemoSecurity(
      RxrpcEndpoint client, InetSocketAddress server, Progress progress, EmbeddedKeys keys) {
    this.client = client;
    this.server = server;
    this.progress = progress;
    token = keys.token();
  }

  /** The same calls as without security; and the server says whom it saw. */
  String calls(SecurityLevel level, long size) throws IOException, Unexpected {
    DemoRound round = round(token, level);
    byte[] who = client.call(round.at(DemoServer.WHO), new byte[0], options(token, level));
    String seen = new String(who, StandardCharsets.UTF_8);
    String expected = EmbeddedKeys.NAME + "@" + EmbeddedKeys.CELL + " at level " + level;
    if (!seen.equals(expected)) {
      throw new Unexpected("the server saw " + seen);
    }
    round.echo();
    long start = System.nanoTime();
    round.send(size);
    long middle = System.nanoTime();
    round.receive(size);
    return String.format(
        Locale.ROOT,
        "the server saw %s; %s there %,.0f MB/s, back %,.0f MB/s",
        seen,
        SizeText.format(size),
        size * 1e3 / (middle - start),
        size * 1e3 / (System.nanoTime() - middle));
  }

  String wrongKey() throws IOException, Unexpected {
    RxkadToken forged = new EmbeddedKeys().token();
    try {
      call(DemoServer.ECHO, forged, SecurityLevel.ENCRYPT);
    } catch (RemoteAbortException e) {
      return refused(e, e.code(), "the server refused the ticket: ", AbortCodes.RXKADBADTICKET);
    }
    throw new Unexpected("a ticket under another key was taken");
  }

  String levelTooLow() throws IOException, Unexpected {
    byte[] text = call(DemoServer.SEALED, token, SecurityLevel.ENCRYPT);
    if (!Arrays.equals(text, hello())) {
      throw new Unexpected("another reply came back");
    }
    try {
      call(DemoServer.SEALED, token, SecurityLevel.AUTH);
    } catch (LocalAbortException e) {
      return refused(e, e.code(), "auth where encrypt is the least: ", AbortCodes.RXKADLEVELFAIL);
    }
    throw new Unexpected("auth was enough where encrypt is the least");
  }

  private static <X extends IOException> String refused(
      X failure, AbortCode code, String text, int expected) throws X {
    if (code.value() != expected) {
      throw failure;
    }
    return text + code;
  }

  private byte[] call(int service, RxkadToken with, SecurityLevel level) throws IOException {
    return client.call(round(with, level).at(service), hello(), options(with, level));
  }

  private DemoRound round(RxkadToken with, SecurityLevel level) {
    return new DemoRound(client, server, progress, options(with, level));
  }

  private static CallOptions options(RxkadToken with, SecurityLevel level) {
    return DemoRound.PATIENT.token(with, level);
  }

  private static byte[] hello() {
    return "hello".getBytes(StandardCharsets.US_ASCII);
  }
}
