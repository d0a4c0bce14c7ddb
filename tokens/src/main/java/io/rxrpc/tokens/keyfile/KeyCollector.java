// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.keyfile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys that a reader finds in a file, and what was wrong without hiding the others. */
final class KeyCollector {
  private final Path file;
  private final @Nullable String principal;
  private final List<ServiceKey> keys = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private int skipped;

  KeyCollector(Path file) {
    this(file, null);
  }

  /**
   * @param principal whose keys in keytabs are keys of rxgk, and the only ones, with or without a
   *     realm; null = those of AFS
   */
  KeyCollector(Path file, @Nullable String principal) {
    this.file = file;
    this.principal = principal;
  }

  /** Whose keys in keytabs are wanted; null = those of AFS. */
  @Nullable String principal() {
    return principal;
  }

  /**
   * Takes a key over. Several of one version and type are kept, as realms count their versions
   * apart; one of a wrong length can serve nobody and is passed over, as MIT and OpenAFS do.
   */
  void add(ServiceKey key) {
    int length = key.length();
    int expected = Enctypes.keyLength(key.enctype());
    if (expected == 0 ? length == 0 : length != expected) {
      note(key + ": its secret has " + length + " bytes");
      key.destroy();
    } else if (keys.stream().anyMatch(key::repeats)) {
      key.destroy();
    } else {
      keys.add(key);
    }
  }

  /** A record that is none of ours was passed over. */
  void skip() {
    skipped++;
  }

  int skipped() {
    return skipped;
  }

  /** Something is wrong that does not concern the other keys. */
  void note(String problem) {
    notes.add(file + ": " + problem);
  }

  /** The rest of the file is damaged. */
  void damaged(KeyFileException e) {
    notes.add(e.getMessage() + "; the keys before it are used");
  }

  /** What was wrong, each with the file's name. */
  List<String> notes() {
    return notes;
  }

  List<ServiceKey> keys() {
    return keys;
  }

  KeyFileException problem(String problem) {
    return new KeyFileException(file, problem);
  }

  void destroy() {
    keys.forEach(ServiceKey::destroy);
    keys.clear();
  }
}
