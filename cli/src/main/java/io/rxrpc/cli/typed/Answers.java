// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.typed;

import io.rxrpc.AbortCode;
import io.rxrpc.rpc.ErrorCode;
import io.rxrpc.rpc.ErrorTables;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers by example: a JSON object that has for the name of a procedure its results, or {@code
 * {"abort": CODE}}. Of split calls {@code data-text}, {@code data-hex} or {@code data-file} gives
 * the data; no parameter can be called like that, as C has no such names.
 */
public final class Answers {
  private static final String ABORT = "abort";
  private static final String DATA = "data-";

  private final ErrorTables errors;
  private final Path folder;

  private Answers(ErrorTables errors, Path folder) {
    this.errors = errors;
    this.folder = folder;
  }

  /**
   * Reads them, and checks that every answer can be given.
   *
   * @param json the object
   * @param errors gives codes to names
   * @param folder where the files with data are
   * @throws RefusedException naming the procedure and its result that is wrong
   */
  public static Map<DescribedProcedure, Example> read(
      String json, Interfaces from, ErrorTables errors, Path folder) throws RefusedException {
    Answers answers = new Answers(errors, folder);
    Map<DescribedProcedure, Example> examples = new LinkedHashMap<>();
    Map<Integer, DescribedProcedure> opcodes = new LinkedHashMap<>();
    for (Map.Entry<String, @Nullable Object> entry : JsonText.object(json).entrySet()) {
      DescribedProcedure procedure = from.find(entry.getKey());
      DescribedProcedure had = opcodes.putIfAbsent(procedure.opcode(), procedure);
      if (had != null) {
        throw new RefusedException(
            had == procedure
                ? procedure.name() + ": it has two answers"
                : procedure.name()
                    + " and "
                    + had.name()
                    + " have the same opcode: one service cannot have both");
      }
      if (!(entry.getValue() instanceof Map<?, ?> answer)) {
        throw new RefusedException(
            procedure.name() + ": expected an object with its results, or {\"abort\": CODE}");
      }
      examples.put(procedure, answers.example(procedure, answer));
    }
    return examples;
  }

  private Example example(DescribedProcedure procedure, Map<?, ?> answer) throws RefusedException {
    Map<String, @Nullable Object> results = new LinkedHashMap<>();
    Example.Data data = null;
    for (Map.Entry<?, ?> entry : answer.entrySet()) {
      String name = String.valueOf(entry.getKey());
      if (name.startsWith(DATA)) {
        if (data != null || !procedure.isSplit()) {
          throw new RefusedException(
              procedure.name()
                  + "."
                  + name
                  + (data != null ? ": it has data already" : ": it is no split call"));
        }
        data = data(procedure.name() + "." + name, name, entry.getValue());
      } else {
        results.put(name, entry.getValue());
      }
    }
    boolean named = procedure.out().stream().anyMatch(p -> p.name().equals(ABORT));
    if (results.containsKey(ABORT) && !named) {
      if (results.size() > 1 || data != null) {
        throw new RefusedException(procedure.name() + ": what is aborted has no results");
      }
      return new Example.Abort(code(procedure, results.get(ABORT)));
    }
    return new Example.Reply(
        procedure.reply(results), data == null ? new Example.Data.Memory(new byte[0]) : data);
  }

  private ErrorCode code(DescribedProcedure procedure, @Nullable Object value)
      throws RefusedException {
    if (value instanceof String text) {
      ErrorCode known = errors.named(text);
      if (known != null) {
        return known;
      }
    }
    try {
      return errors.describe(AbortCode.parse(String.valueOf(value)).value());
    } catch (IllegalArgumentException e) {
      throw new RefusedException(procedure.name() + ".abort: " + e.getMessage());
    }
  }

  private Example.Data data(String path, String name, @Nullable Object value)
      throws RefusedException {
    if (!(value instanceof String text)) {
      throw new RefusedException(path + ": expected a string");
    }
    try {
      return switch (name) {
        case "data-text" -> new Example.Data.Memory(text.getBytes(StandardCharsets.UTF_8));
        case "data-hex" -> new Example.Data.Memory(HexFormat.of().parseHex(text));
        case "data-file" -> file(path, folder.resolve(text));
        default ->
            throw new RefusedException(path + ": data comes by data-text, data-hex or data-file");
      };
    } catch (InvalidPathException e) {
      throw new RefusedException(path + ": no file can be called '" + text + "'");
    } catch (IllegalArgumentException e) {
      throw new RefusedException(path + ": expected pairs of hexadecimal digits");
    }
  }

  private static Example.Data file(String path, Path file) throws RefusedException {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new RefusedException(path + ": cannot read " + file);
    }
    return new Example.Data.File(file);
  }
}
