// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen;

import io.rxrpc.rxgen.java.Generation;
import io.rxrpc.rxgen.model.Description;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Java for a description: deterministic, one type a file. It needs the modules {@code io.rxrpc.xdr}
 * and {@code io.rxrpc.rpc} and nothing else.
 *
 * @param files texts by paths, which begin with the folders of the package and have slashes
 */
public record JavaSources(Map<String, String> files) {
  /** Keeps a copy, sorted. */
  public JavaSources {
    files = Collections.unmodifiableMap(new TreeMap<>(files));
  }

  /**
   * Generates.
   *
   * @param description what to make Java of
   * @param packageName the Java package
   * @param names Java names for types and packages, by the description's names, where others than
   *     those made of them are wanted; a name with its package, {@code org.example.other.Place}, is
   *     a type that was made of another description and is used, not made again
   * @return the java sources
   * @throws IllegalArgumentException if a name is none of Java's, or the description has more of
   *     something than a class can hold; the message has the place
   */
  public static JavaSources of(
      Description description, String packageName, Map<String, String> names) {
    JavaNames.checkPackage(packageName);
    names.values().forEach(JavaNames::checkType);
    Map<String, String> files = new TreeMap<>();
    String folder = packageName.replace('.', '/') + "/";
    Generation.run(description, packageName, names)
        .forEach((name, text) -> files.put(folder + name, text));
    return new JavaSources(files);
  }

  /**
   * Writes the files that are not there as they should be, and no others: what is unchanged keeps
   * its time.
   *
   * @param root the folder for the packages
   * @return the files that were written
   * @throws IOException if it cannot be read or written
   */
  public List<Path> writeTo(Path root) throws IOException {
    List<Path> written = new ArrayList<>();
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = root.resolve(file.getKey());
      byte[] text = file.getValue().getBytes(StandardCharsets.UTF_8);
      if (Files.exists(path) && Arrays.equals(Files.readAllBytes(path), text)) {
        continue;
      }
      Path folder = path.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.write(path, text);
      written.add(path);
    }
    return written;
  }
}
