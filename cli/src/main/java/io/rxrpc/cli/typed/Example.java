// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.typed;

import io.rxrpc.rpc.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a procedure answers, whatever it is asked. */
public sealed interface Example {
  /** It fails with this code. */
  record Abort(ErrorCode code) implements Example {
    @Override
    public String toString() {
      return "abort " + code;
    }
  }

  /**
   * It succeeds.
   *
   * @param results encoded
   * @param data what a split call gets before them
   */
  record Reply(byte[] results, Data data) implements Example {
    @Override
    public String toString() {
      return "reply of " + results.length + " octets";
    }
  }

  /** Where the data of a split call comes from; opened for each call. */
  sealed interface Data {
    /** To be closed by the caller. */
    InputStream open() throws IOException;

    /** Writes all of it. */
    default void writeTo(OutputStream out) throws IOException {
      try (InputStream in = open()) {
        in.transferTo(out);
      }
    }

    /** These octets. */
    record Memory(byte[] octets) implements Data {
      @Override
      public InputStream open() {
        return new ByteArrayInputStream(octets);
      }
    }

    /** What a file has. */
    record File(Path file) implements Data {
      @Override
      public InputStream open() throws IOException {
        return Files.newInputStream(file);
      }
    }
  }
}
