// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a dump comes from. One that can be had only once may fail when it is opened again. */
@FunctionalInterface
public interface DumpSource {
  /**
   * {@return a stream from the dump's first octet on; who opens it closes it}
   *
   * @throws IOException if it cannot be read or written
   */
  InputStream open() throws IOException;

  /**
   * {@return a file, by the names of which failures of opening it speak}
   *
   * @param file the file
   */
  static DumpSource of(Path file) {
    return () -> Files.newInputStream(file);
  }

  /**
   * {@return octets in memory}
   *
   * @param octets the data
   */
  static DumpSource of(byte[] octets) {
    return () -> new java.io.ByteArrayInputStream(octets);
  }
}
