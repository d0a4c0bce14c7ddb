// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.source;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where files come from: directories, or memory in tests. */
public interface SourceFiles {
  /**
   * The file that {@code #include} names.
   *
   * @param name as it stands between the quotes or brackets
   * @param from the file that includes it
   * @param quoted whether it stands in quotes: then the folder of {@code from} is looked at first
   * @return null where there is none
   * @throws IOException if there is one and it cannot be read; the message is for the user
   */
  @Nullable Source find(String name, Source from, boolean quoted) throws IOException;

  /**
   * {@return where {@link #find} looks, for the message that it found nothing}
   *
   * @param quoted whether the name stood in quotation marks
   * @param from the file that includes
   */
  String searched(boolean quoted, Source from);
}
