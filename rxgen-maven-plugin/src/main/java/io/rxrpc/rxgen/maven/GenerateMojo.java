// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.maven;

import io.rxrpc.rxgen.DescriptionReader;
import io.rxrpc.rxgen.JavaSources;
import io.rxrpc.rxgen.model.Description;
import io.rxrpc.rxgen.source.Problem;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;

/**
 * Makes Java of the descriptions of a folder and adds it to the sources of the project. What is as
 * it should be keeps its time, so that nothing is compiled for nothing; what no description asks
 * for any more is removed. META-INF/maven/plugin.xml says what can be configured.
 */
@SuppressWarnings("NullAway.Init") // Maven sets the fields before it calls execute
public final class GenerateMojo extends AbstractMojo {
  private MavenProject project;
  private File source;
  private File output;
  private String packageName;
  private List<File> folders = List.of();
  private Map<String, String> macros = Map.of();
  private Map<String, String> names = Map.of();

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    Path to = output.toPath();
    try {
      Map<String, String> files = files(descriptions());
      JavaSources sources = new JavaSources(files);
      int written = sources.writeTo(to).size();
      int removed = remove(to, files.keySet());
      getLog()
          .info(
              written
                  + " files written, "
                  + (files.size() - written)
                  + " unchanged, "
                  + removed
                  + " removed");
    } catch (IOException e) {
      throw new MojoExecutionException("cannot write to " + to + ": " + e.getMessage(), e);
    }
    project.addCompileSourceRoot(to.toString());
  }

  private List<Description> descriptions() throws IOException, MojoFailureException {
    DescriptionReader reader =
        DescriptionReader.of(folders.stream().map(File::toPath).toList(), new HashMap<>(macros));
    List<Description> descriptions = new ArrayList<>();
    int wrong = 0;
    for (Path file : sourceFiles()) {
      DescriptionReader.Result result = reader.read(file);
      for (Problem problem : result.problems()) {
        if (problem.severity() == Problem.Severity.ERROR) {
          getLog().error(problem.toString());
        } else {
          getLog().warn(problem.toString());
        }
      }
      Description description = result.description();
      if (description == null) {
        wrong++;
      } else {
        descriptions.add(description);
      }
    }
    if (wrong > 0) {
      throw new MojoFailureException(
          wrong + (wrong == 1 ? " description is" : " descriptions are") + " wrong, see above");
    }
    return descriptions;
  }

  private List<Path> sourceFiles() throws IOException, MojoFailureException {
    Path folder = source.toPath();
    if (!Files.isDirectory(folder)) {
      throw new MojoFailureException(
          "no folder " + folder + ": put .xg files there, or configure <source>");
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(GenerateMojo::isDescription).sorted().toList();
    }
  }

  private static boolean isDescription(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(".xg") || name.endsWith(".rg");
  }

  /** The files of all descriptions; what two include in common is there once. */
  private Map<String, String> files(List<Description> descriptions) throws MojoFailureException {
    Map<String, String> files = new TreeMap<>();
    for (Description description : descriptions) {
      try {
        for (var file : JavaSources.of(description, packageName, names).files().entrySet()) {
          String before = files.putIfAbsent(file.getKey(), file.getValue());
          if (before != null && !before.equals(file.getValue())) {
            throw new MojoFailureException(
                description.file()
                    + " and another description want different things in "
                    + file.getKey()
                    + ": give them executions and packages of their own");
          }
        }
      } catch (IllegalArgumentException e) {
        throw new MojoFailureException(e.getMessage());
      }
    }
    return files;
  }

  /** Removes what was made before and is not asked for now; the folder of the package is ours. */
  private int remove(Path to, Set<String> wanted) throws IOException {
    Path folder = to.resolve(packageName.replace('.', '/'));
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    Set<Path> keep = new HashSet<>();
    wanted.forEach(file -> keep.add(to.resolve(file)));
    List<Path> stale;
    try (Stream<Path> all = Files.list(folder)) {
      stale = all.filter(file -> !keep.contains(file) && isJava(file)).toList();
    }
    for (Path file : stale) {
      Files.delete(file);
    }
    return stale.size();
  }

  private static boolean isJava(Path file) {
    return file.toString().endsWith(".java") && Files.isRegularFile(file);
  }
}
