// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.call;

import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.InputFile;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.option.DescriptionOptions;
import io.rxrpc.cli.text.SizeText;
import java.io.InputStream;
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

  /** Whether something is given that only calls by name have. */
  boolean hasParameters() {
    return jsonIn != null || in != null || outBytes != null;
  }

  /** Refuses what means nothing without a description. */
  void refuseAlone() throws CommandFailure {
    descriptions.refuseAlone();
    if (hasParameters()) {
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
    if (InputFile.isDash(file) && in != null && InputFile.isDash(in)) {
      throw CommandFailure.usage("--json-in - and --in -: stdin can only be one of them");
    }
    return InputFile.text(InputFile.open(root, file), file);
  }

  /** What a split call sends. */
  InputStream data(RootCommand root) throws CommandFailure {
    Path file = in;
    return file == null ? InputStream.nullInputStream() : InputFile.open(root, file);
  }
}
