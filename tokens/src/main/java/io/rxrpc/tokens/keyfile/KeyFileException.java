// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.keyfile;

import java.io.IOException;
import java.nio.file.Path;

/** A file of keys that is damaged, or holds no key that could serve. */
public final class KeyFileException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param file which file
   * @param problem what is wrong with it, without any secret in it
   */
  KeyFileException(Path file, String problem) {
    super(file + ": " + problem);
  }

  /**
   * @param problem the same with the file's name in front
   */
  KeyFileException(String problem) {
    super(problem);
  }
}
