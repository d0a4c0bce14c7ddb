package io.rxrpc.tokens.keyfile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys of one reading, and what the files looked like then. */
final class KeySet {
  /** Far more than any real file has. */
  private static final long MAX_SIZE = 1 << 20;

  /** What OpenAFS's servers read in their folder of configuration. */
  private static final List<String> IN_FOLDER = List.of("KeyFile", "KeyFileExt", "rxkad.keytab");

  private final List<ServiceKey> keys;

  private KeySet(List<ServiceKey> keys) {
    this.keys = keys;
  }

  static KeySet none() {
    return new KeySet(List.of());
  }

  /** The files that a path stands for: itself, or those of OpenAFS in a folder. */
  static List<Path> files(Path path) {
    return Files.isDirectory(path) ? IN_FOLDER.stream().map(path::resolve).toList() : List.of(path);
  }

  /**
   * Reads a file, or those of a folder; all or nothing.
   *
   * @throws NoSuchFileException if there is no file at all
   */
  static KeySet read(Path path) throws IOException {
    KeyCollector all = new KeyCollector(path);
    boolean done = false;
    boolean any = false;
    try {
      for (Path file : files(path)) {
        if (!file.equals(path) && Files.notExists(file)) {
          continue;
        }
        any = true;
        readFile(file, all);
      }
      if (!any) {
        throw new NoSuchFileException(
            path.toString(), null, "the folder has none of " + String.join(", ", IN_FOLDER));
      }
      done = true;
      return new KeySet(List.copyOf(all.keys()));
    } finally {
      if (!done) {
        all.destroy();
      }
    }
  }

  private static void readFile(Path file, KeyCollector all) throws IOException {
    if (Files.size(file) > MAX_SIZE) {
      throw new KeyFileException(file, "too large for a file of keys");
    }
    byte[] bytes = Files.readAllBytes(file);
    KeyCollector keys = new KeyCollector(file);
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      if (KeytabReader.fits(in)) {
        KeytabReader.read(in, keys);
      } else if (isExt(file) || KeyFileExtReader.fits(in)) {
        KeyFileExtReader.read(in, keys);
      } else {
        KeyFileReader.read(in, keys);
      }
      for (ServiceKey key : keys.keys()) {
        all.add(key);
      }
    } catch (IOException e) {
      keys.destroy();
      throw e;
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static boolean isExt(Path file) {
    Path name = file.getFileName();
    return name != null && name.toString().equals("KeyFileExt");
  }

  List<ServiceKey> keys() {
    return new ArrayList<>(keys);
  }

  byte @Nullable [] find(int kvno, int enctype) {
    for (ServiceKey key : keys) {
      if (key.kvno() == kvno && key.enctype() == enctype) {
        return key.secret();
      }
    }
    return null;
  }

  void destroy() {
    keys.forEach(ServiceKey::destroy);
  }
}
