// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.rxgen;

import io.rxrpc.CallHandler;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.rxgen.DescriptionReader;
import io.rxrpc.rxgen.JavaSources;
import io.rxrpc.rxgen.model.Description;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The classes made of zoo.xg, and the program that uses them. */
final class Zoo implements AutoCloseable {
  static final int ZOO = 700;
  static final int PEN = 701;

  private final URLClassLoader classes;

  private Zoo(URLClassLoader classes) {
    this.classes = classes;
  }

  /** Where zoo.xg lies, with what it includes. */
  static Path folder() {
    return Path.of(System.getProperty("basedir", "."))
        .resolve("../rxgen-compiler/src/test/resources/xg")
        .normalize();
  }

  static Path resource(String name) {
    return Path.of(System.getProperty("basedir", "."), "src/test/resources/rxgen", name);
  }

  static Description description() throws IOException {
    DescriptionReader reader = DescriptionReader.of(List.of(), Map.of());
    DescriptionReader.Result result = reader.read(folder().resolve("zoo.xg"));
    Description description = result.description();
    if (description == null) {
      throw new IOException(result.problems().toString());
    }
    return description;
  }

  /** Generates and compiles. */
  static Zoo make(Path to) throws IOException {
    Path sources = to.resolve("src");
    JavaSources.of(description(), "org.example.zoo", Map.of()).writeTo(sources);
    Files.copy(resource("ZooPeer.java"), sources.resolve("org/example/zoo/ZooPeer.java"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Writer said = new StringWriter();
    Path output = Files.createDirectories(to.resolve("classes"));
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> found = Files.walk(sources)) {
      List<Path> java = found.filter(path -> path.toString().endsWith(".java")).toList();
      boolean good =
          compiler
              .getTask(
                  said,
                  files,
                  null,
                  List.of("-d", output.toString(), "-cp", System.getProperty("java.class.path")),
                  null,
                  files.getJavaFileObjectsFromPaths(java))
              .call();
      if (!good) {
        throw new IOException(said.toString());
      }
    }
    return new Zoo(new URLClassLoader(new URL[] {output.toUri().toURL()}));
  }

  private Object peer(RxrpcEndpoint endpoint, InetSocketAddress server)
      throws ReflectiveOperationException {
    return classes
        .loadClass("org.example.zoo.ZooPeer")
        .getConstructor(RxrpcEndpoint.class, RxrpcAddress.class, RxrpcAddress.class)
        .newInstance(endpoint, new RxrpcAddress(server, ZOO), new RxrpcAddress(server, PEN));
  }

  /** A client of a server: procedure and octets in, octets or an abort code out. */
  @SuppressWarnings("unchecked") // the class is compiled while the test runs
  BinaryOperator<String> client(RxrpcEndpoint endpoint, InetSocketAddress server)
      throws ReflectiveOperationException {
    return (BinaryOperator<String>) peer(endpoint, server);
  }

  /** Serves both packages. */
  @SuppressWarnings("unchecked") // the class is compiled while the test runs
  void serve(RxrpcEndpoint endpoint) throws ReflectiveOperationException, IOException {
    Object peer = peer(endpoint, new InetSocketAddress(InetAddress.getLoopbackAddress(), 7));
    for (var service : ((Supplier<Map<Integer, CallHandler>>) peer).get().entrySet()) {
      endpoint.serve(service.getKey(), service.getValue());
    }
  }

  @Override
  public void close() throws IOException {
    classes.close();
  }
}
