// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.demo;

import io.rxrpc.AbortCode;
import io.rxrpc.CallOptions;
import io.rxrpc.LocalAbortException;
import io.rxrpc.RemoteAbortException;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.cli.frame.Progress;
import io.rxrpc.cli.text.SizeText;
import io.rxrpc.key.RxgkToken;
import io.rxrpc.key.RxkadToken;
import io.rxrpc.key.Token;
import io.rxrpc.load.data.EmbeddedKeys;
import io.rxrpc.load.demo.DemoRound.Unexpected;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.rxgk.RxgkForm;
import io.rxrpc.wire.AbortCodes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** What the demo shows of rxkad and rxgk, with keys that only this process has. */
final class DemoSecurity {
  /** RXGK_SEALED_INCON of OpenAFS. */
  private static final int SEALED_INCON = AbortCodes.RXGK_BASE + 9;

  private final RxrpcEndpoint client;
  private final InetSocketAddress server;
  private final Progress progress;
  private final EmbeddedKeys keys;
  private final RxkadToken token;

  DemoSecurity(
      RxrpcEndpoint client, InetSocketAddress server, Progress progress, EmbeddedKeys keys) {
    this.client = client;
    this.server = server;
    this.progress = progress;
    this.keys = keys;
    token = keys.token();
  }

  /** The same calls as without security, by rxkad; and the server says whom it saw. */
  String rxkad(SecurityLevel level, long size) throws IOException, Unexpected {
    return calls(token, level, size);
  }

  /** The same by rxgk. */
  String rxgk(SecurityLevel level, long size) throws IOException, Unexpected {
    return calls(keys.token(RxgkForm.OPENAFS, level), level, size);
  }

  private String calls(Token with, SecurityLevel level, long size) throws IOException, Unexpected {
    DemoRound round = round(with, level);
    byte[] who = client.call(round.at(DemoServer.WHO), new byte[0], options(with, level));
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

  /** Whoever sees a token on its way has not the key that is in it. */
  String stolen() throws IOException, Unexpected {
    RxgkToken own = keys.token(RxgkForm.OPENAFS, SecurityLevel.ENCRYPT);
    RxgkToken guessed =
        new RxgkToken(
            own.securityIndex(),
            own.enctype(),
            new byte[own.k0().length],
            own.level(),
            own.begin(),
            own.lifetime(),
            own.bytelife(),
            own.expiration(),
            own.token());
    try {
      call(DemoServer.ECHO, guessed, SecurityLevel.ENCRYPT);
    } catch (RemoteAbortException e) {
      return refused(e, e.code(), "the server refused who has no key of it: ", SEALED_INCON);
    }
    throw new Unexpected("a token without its key was taken");
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

  private byte[] call(int service, Token with, SecurityLevel level) throws IOException {
    return client.call(round(with, level).at(service), hello(), options(with, level));
  }

  private DemoRound round(Token with, SecurityLevel level) {
    return new DemoRound(client, server, progress, options(with, level));
  }

  private static CallOptions options(Token with, SecurityLevel level) {
    return DemoRound.PATIENT.token(with, level);
  }

  private static byte[] hello() {
    return "hello".getBytes(StandardCharsets.US_ASCII);
  }
}
