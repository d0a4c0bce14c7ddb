// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.option;

import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.FailureReport;
import io.rxrpc.cli.frame.RootCommand;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/** Secrets from where nobody else sees them: a descriptor, a file, or a terminal without echo. */
public final class SecretInput {
  private static final int MAX = 64 << 10;
  private static final int MAX_PASSWORD = 1024;

  private final RootCommand root;

  /** Stdin is that of this run. */
  public SecretInput(RootCommand root) {
    this.root = root;
  }

  /** The first line of a descriptor, without its end; the caller clears it. */
  public char[] password(int descriptor) throws CommandFailure {
    byte[] bytes = descriptor(descriptor);
    try {
      int end = 0;
      while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
        end++;
      }
      if (end == 0 || end > MAX_PASSWORD) {
        throw CommandFailure.usage(
            "descriptor " + descriptor + (end == 0 ? " gives no password" : " gives no line"));
      }
      return characters(bytes, end);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static char[] characters(byte[] bytes, int length) throws CommandFailure {
    try {
      CharBuffer text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
      char[] password = new char[text.remaining()];
      text.get(password);
      if (text.hasArray()) {
        Arrays.fill(text.array(), '\0');
      }
      return password;
    } catch (CharacterCodingException e) {
      throw new CommandFailure(ExitCode.USAGE, "the password is not in UTF-8", e);
    }
  }

  /** What a person types, without echo; the caller clears it. */
  @SuppressWarnings("SystemConsoleNull") // since JDK 25 it is null again where there is none
  public char[] prompt(String prompt, String instead) throws CommandFailure {
    Console console = System.console();
    char[] answer =
        console == null || !console.isTerminal() ? null : console.readPassword("%s: ", prompt);
    if (answer == null || answer.length == 0) {
      throw CommandFailure.usage(
          (answer == null ? "no terminal to ask for the " : "no ")
              + prompt.split(" for ", 2)[0].toLowerCase(java.util.Locale.ROOT)
              + "; give "
              + instead);
    }
    return answer;
  }

  /** All bytes of a descriptor; the caller clears them. */
  public byte[] descriptor(int descriptor) throws CommandFailure {
    try {
      if (descriptor == 0) {
        return limited(root.streams().in());
      }
      try (InputStream in = Files.newInputStream(Path.of("/dev/fd/" + descriptor))) {
        return limited(in);
      }
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.USAGE, "cannot read descriptor " + descriptor + ": it is not open", e);
    }
  }

  private static byte[] limited(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MAX + 1);
    if (bytes.length > MAX) {
      Arrays.fill(bytes, (byte) 0);
      throw new IOException("more than " + MAX + " bytes");
    }
    return bytes;
  }

  /** All bytes of a file; the caller clears them. */
  public byte[] file(Path file) throws CommandFailure {
    try (InputStream in = Files.newInputStream(file)) {
      return limited(in);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.USAGE, "cannot read " + FailureReport.file(e, file), e);
    }
  }

  /** A payload that may be written in hexadecimal: as it is, or what the digits say. */
  public static byte[] unhex(byte[] given) {
    StringBuilder digits = new StringBuilder(given.length); // what it outgrew could not be cleared
    for (byte b : given) {
      if (b > ' ' || b < 0) {
        digits.append((char) (b & 0xff));
      }
    }
    try {
      return digits.isEmpty() ? given.clone() : HexFormat.of().parseHex(digits);
    } catch (IllegalArgumentException e) {
      return given.clone(); // binary: no text consists of hexadecimal digits by chance
    } finally {
      for (int i = 0; i < digits.length(); i++) {
        digits.setCharAt(i, '\0');
      }
    }
  }
}
