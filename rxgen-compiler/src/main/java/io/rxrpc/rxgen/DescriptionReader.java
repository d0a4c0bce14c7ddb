// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen;

import io.rxrpc.rxgen.model.Description;
import io.rxrpc.rxgen.model.ModelBuilder;
import io.rxrpc.rxgen.source.Folders;
import io.rxrpc.rxgen.source.Problem;
import io.rxrpc.rxgen.source.Problems;
import io.rxrpc.rxgen.source.Source;
import io.rxrpc.rxgen.source.SourceFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads descriptions of interfaces: {@code .xg} and {@code .rg} files, in the language of Rx's own
 * rxgen. Immutable and thread-safe.
 */
public final class DescriptionReader {
  private final SourceFiles files;
  private final Map<String, String> defined;

  private DescriptionReader(SourceFiles files, Map<String, String> defined) {
    this.files = files;
    // C's rxgen runs over a description once for each kind of output; the header has all of it.
    Map<String, String> all = new HashMap<>(Map.of("RPC_HDR", "1"));
    all.putAll(defined);
    this.defined = Map.copyOf(all);
  }

  /**
   * Looks for included files in the including file's folder, then in these.
   *
   * @param folders where to look, in this order
   * @param macros macros and what they stand for
   * @return the description reader
   */
  public static DescriptionReader of(List<Path> folders, Map<String, String> macros) {
    return new DescriptionReader(new Folders(folders), macros);
  }

  /**
   * Looks for included files there.
   *
   * @param files where included files are found
   * @param macros macros and what they stand for
   * @return the description reader
   */
  public static DescriptionReader of(SourceFiles files, Map<String, String> macros) {
    return new DescriptionReader(files, macros);
  }

  /**
   * What came out of reading.
   *
   * @param description null where there are errors
   * @param problems errors and warnings in the order of their finding
   */
  public record Result(@Nullable Description description, List<Problem> problems) {}

  /**
   * Reads a file.
   *
   * @param file the file
   * @return the result
   * @throws IOException if it cannot be read; files that it includes and that cannot be read are
   *     problems of the description
   */
  public Result read(Path file) throws IOException {
    return read(Folders.read(file));
  }

  /**
   * Reads a description from memory. Whatever the text is, the result says what is wrong.
   *
   * @param source where it comes from
   * @return the result
   */
  public Result read(Source source) {
    Problems problems = new Problems();
    Description description = ModelBuilder.build(source, files, defined, problems);
    return new Result(problems.hasErrors() ? null : description, problems.list());
  }
}
