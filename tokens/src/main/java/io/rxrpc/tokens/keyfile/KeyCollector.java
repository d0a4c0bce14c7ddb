package io.rxrpc.tokens.keyfile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The keys that a reader finds in a file; when it fails they are cleared. */
final class KeyCollector {
  private final Path file;
  private final List<ServiceKey> keys = new ArrayList<>();
  private int skipped;

  KeyCollector(Path file) {
    this.file = file;
  }

  /**
   * Takes a key over.
   *
   * @throws KeyFileException if its length is wrong, or another key has the same version and type:
   *     nobody could tell which of the two a ticket means
   */
  void add(ServiceKey key) throws KeyFileException {
    int length = key.length();
    int expected = Enctypes.keyLength(key.enctype());
    boolean wrong = expected == 0 ? length == 0 : length != expected;
    ServiceKey other = keys.stream().filter(k -> k.contradicts(key)).findFirst().orElse(null);
    if (wrong || other != null) {
      key.destroy();
      throw problem(
          wrong
              ? key + ": its secret has " + length + " bytes"
              : "two different keys are " + key + (other == null ? "" : " and " + other));
    }
    keys.add(key);
  }

  /** A record that is none of ours was passed over. */
  void skip() {
    skipped++;
  }

  int skipped() {
    return skipped;
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
