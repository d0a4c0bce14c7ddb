package io.rxrpc.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code rxrpc call} takes for a call of a procedure by its name. */
final class TypedCallOptions {
  @Mixin private DescriptionOptions descriptions = new DescriptionOptions();

  @Option(
      names = "--json-in",
      paramLabel = "FILE|-",
      description = "With --xg: the parameters are in FILE, or on stdin, as a JSON object.")
  private @Nullable Path jsonIn;

  @Option(
      names = "--in",
      paramLabel = "FILE|-",
      description = "With --xg: what a split call sends behind its parameters.")
  private @Nullable Path in;

  @Option(
      names = "--out-bytes",
      paramLabel = "SIZE",
      converter = SizeText.class,
      description =
          "With --xg and --out: how much data a split call brings, where its results, which come"
              + " behind it, have no fixed length.")
  private @Nullable Long outBytes;

  boolean isGiven() {
    return descriptions.isGiven();
  }

  DescriptionOptions descriptions() {
    return descriptions;
  }

  @Nullable Path in() {
    return in;
  }

  @Nullable Long outBytes() {
    return outBytes;
  }

  /** Refuses what means nothing without a description. */
  void refuseAlone() throws CommandFailure {
    descriptions.refuseAlone();
    if (jsonIn != null || in != null || outBytes != null) {
      String option = jsonIn != null ? "--json-in" : in != null ? "--in" : "--out-bytes";
      throw CommandFailure.usage(option + " needs --xg FILE: it is for calls by name");
    }
  }

  /** The JSON of the parameters, or null. */
  @Nullable String json(RootCommand root) throws CommandFailure {
    Path file = jsonIn;
    if (file == null) {
      return null;
    }
    if (isDash(file) && in != null && isDash(in)) {
      throw CommandFailure.usage("--json-in - and --in -: stdin can only be one of them");
    }
    return utf8(open(root, file), file);
  }

  /** What a split call sends. */
  InputStream data(RootCommand root) throws CommandFailure {
    Path file = in;
    return file == null ? InputStream.nullInputStream() : open(root, file);
  }

  static boolean isDash(Path file) {
    return file.toString().equals("-");
  }

  /** A file that is text. */
  static String utf8(InputStream open, Path file) throws CommandFailure {
    try (open) {
      ByteBuffer octets = ByteBuffer.wrap(open.readAllBytes());
      return StandardCharsets.UTF_8.newDecoder().decode(octets).toString();
    } catch (CharacterCodingException e) {
      throw new CommandFailure(
          ExitCode.USAGE,
          file + ": this is no UTF-8, as JSON must be; an octet XX of a string is \\udcXX",
          e);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.USAGE, "cannot read " + Failures.file(e, file), e);
    }
  }

  private static InputStream open(RootCommand root, Path file) throws CommandFailure {
    if (isDash(file)) {
      return root.streams().in();
    }
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.USAGE, "cannot read " + Failures.file(e, file), e);
    }
  }
}
