// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.command;

import io.rxrpc.rxgen.DescriptionReader;
import io.rxrpc.rxgen.JavaSources;
import io.rxrpc.rxgen.model.Description;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.module.ModuleDescriptor;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Java from descriptions. */
@Command(
    name = "rxgen",
    mixinStandardHelpOptions = true,
    versionProvider = RxgenCommand.Version.class,
    customSynopsis = "rxgen FILE.xg... -d DIR [--package NAME] [-I DIR] [-D NAME=VALUE] [options]",
    description = {
      "Make Java of descriptions of Rx interfaces (.xg, .rg).",
      "Files that are as they should be are not written again."
    },
    footer = {
      "",
      "Examples:",
      "  rxgen sample.xg -d src/generated --package org.example.sample",
      "  rxgen fileserver.xg callback.xg -d out --package org.example.files -I include",
      "  rxgen old.rg -d out -D Date=afs_uint32 --name OLD_=Old",
      "  rxgen sample.xg                                  only say what is wrong with it",
      "",
      "Exit codes: 0 done, 1 a description is wrong (nothing is written), 2 usage, or a file that",
      "cannot be read or written, 3 a defect of this program."
    })
final class RxgenCommand implements Callable<Integer> {
  static final int WRONG = 1;
  static final int USAGE = 2;
  static final int DEFECT = 3;

  private final PrintWriter out;
  private final PrintWriter err;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "The descriptions.")
  private List<Path> files = List.of();

  @Option(
      names = "-d",
      paramLabel = "DIR",
      description = "Where the folders of the package go; without it nothing is written.")
  private @Nullable Path root;

  @Option(
      names = "-I",
      paramLabel = "DIR",
      description = "Look for included files there, too; in the order given.")
  private List<Path> folders = new ArrayList<>();

  @Option(
      names = "-D",
      paramLabel = "NAME[=VALUE]",
      description = "Define a macro (1 without a value): a constant or a type.")
  private List<String> macros = new ArrayList<>();

  @Option(
      names = "--package",
      paramLabel = "NAME",
      description = "The Java package (default: the name of the first file, without its ending).")
  private @Nullable String packageName;

  @Option(
      names = "--name",
      paramLabel = "NAME=JAVA",
      description =
          "What a type or package of the description is called in Java; with a package before it a"
              + " type that is there already.")
  private Map<String, String> names = new LinkedHashMap<>();

  /** As the module was packaged. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      ModuleDescriptor module = RxgenCommand.class.getModule().getDescriptor();
      String version = module == null ? "development" : module.rawVersion().orElse("development");
      return new String[] {"rxgen " + version + " (Java " + Runtime.version() + ")"};
    }
  }

  RxgenCommand(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    DescriptionReader reader = DescriptionReader.of(folders, defined());
    List<Description> descriptions = new ArrayList<>();
    boolean wrong = false;
    for (Path file : files) {
      DescriptionReader.Result result;
      try {
        result = reader.read(file);
      } catch (IOException e) {
        err.println("rxgen: cannot read " + reason(file, e));
        return USAGE;
      }
      result.problems().forEach(err::println);
      Description description = result.description();
      if (description == null) {
        wrong = true;
      } else {
        descriptions.add(description);
      }
    }
    return wrong ? WRONG : write(descriptions);
  }

  private int write(List<Description> descriptions) {
    Path to = root;
    String name = packageName == null ? defaultPackage(files.getFirst()) : packageName;
    Map<String, String> texts = new TreeMap<>();
    Map<String, String> origins = new TreeMap<>();
    for (Description description : descriptions) {
      JavaSources sources;
      try {
        sources = JavaSources.of(description, name, names);
      } catch (IllegalArgumentException e) {
        err.println("rxgen: " + e.getMessage());
        return USAGE;
      }
      for (Map.Entry<String, String> file : sources.files().entrySet()) {
        String before = texts.putIfAbsent(file.getKey(), file.getValue());
        if (before != null && !before.equals(file.getValue())) {
          err.println(
              "rxgen: "
                  + origins.get(file.getKey())
                  + " and "
                  + description.file()
                  + " want different things in "
                  + file.getKey()
                  + ": give them packages of their own");
          return WRONG;
        }
        origins.putIfAbsent(file.getKey(), description.file());
      }
    }
    if (to == null) {
      return 0;
    }
    try {
      int written = new JavaSources(texts).writeTo(to).size();
      out.println(written + " files written, " + (texts.size() - written) + " unchanged, in " + to);
      return 0;
    } catch (IOException e) {
      err.println("rxgen: cannot write " + reason(to, e));
      return USAGE;
    }
  }

  private static String reason(Path file, IOException e) {
    if (e instanceof NoSuchFileException) {
      return file + ": no such file";
    }
    if (e instanceof FileSystemException f) {
      String why = f.getReason() == null ? f.getClass().getSimpleName() : f.getReason();
      return f.getFile() + ": " + why;
    }
    return file + ": " + e.getMessage();
  }

  private Map<String, String> defined() {
    Map<String, String> defined = new LinkedHashMap<>();
    for (String macro : macros) {
      int equals = macro.indexOf('=');
      if (equals < 0) {
        defined.put(macro, "1");
      } else {
        defined.put(macro.substring(0, equals), macro.substring(equals + 1));
      }
    }
    return defined;
  }

  private static String defaultPackage(Path file) {
    Path name = file.getFileName();
    String stem = name == null ? "rx" : name.toString();
    int dot = stem.indexOf('.', 1);
    String letters =
        (dot < 0 ? stem : stem.substring(0, dot))
            .replaceAll("[^A-Za-z0-9_]", "_")
            .toLowerCase(Locale.ROOT);
    return letters.matches("[0-9].*") ? "_" + letters : letters;
  }
}
