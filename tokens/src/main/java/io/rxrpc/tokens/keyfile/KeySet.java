// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.keyfile;

import io.rxrpc.security.krb.KerberosKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys of one reading, and what the files looked like then. */
final class KeySet {
  /** Far more than any real file has. */
  private static final int MAX_SIZE = 1 << 20;

  /** What servers of OpenAFS 1.6 read besides. */
  private static final String KEYTAB = "rxkad.keytab";

  /** Where a folder has the keys by which the negotiation of rxgk accepts tickets. */
  static final String GSS_KEYTAB = "rxgk.keytab";

  /** What OpenAFS's servers read in their folder of configuration. */
  private static final List<String> IN_FOLDER = List.of("KeyFile", "KeyFileExt", KEYTAB);

  private final List<ServiceKey> keys;
  private final List<String> notes;

  private KeySet(List<ServiceKey> keys, List<String> notes) {
    this.keys = keys;
    this.notes = notes;
  }

  static KeySet none() {
    return new KeySet(List.of(), List.of());
  }

  /** The files that a path stands for: itself, or those of OpenAFS in a folder. */
  static List<Path> files(Path path) {
    return Files.isDirectory(path) ? IN_FOLDER.stream().map(path::resolve).toList() : List.of(path);
  }

  /**
   * Reads a file, or those of a folder. A damaged KeyFile or KeyFileExt makes the whole folder
   * useless, as to OpenAFS; one that cannot be opened is as good as none, and so is an rxkad.keytab
   * without use, which only old servers look at, as long as another file has keys.
   *
   * @throws NoSuchFileException if there is no file at all
   */
  static KeySet read(Path path) throws IOException {
    return read(path, null);
  }

  /**
   * The same.
   *
   * @param principal whose keys in keytabs are keys of rxgk, and the only ones; null = those of AFS
   */
  static KeySet read(Path path, @Nullable String principal) throws IOException {
    KeyCollector all = new KeyCollector(path, principal);
    boolean done = false;
    boolean any = false;
    IOException first = null;
    try {
      for (Path file : files(path)) {
        boolean inFolder = !file.equals(path);
        if (inFolder && Files.notExists(file)) {
          continue;
        }
        any = true;
        try (InputStream in = open(file)) {
          readFile(file, in, all);
        } catch (IOException e) {
          boolean hides = e instanceof Unopened || file.endsWith(KEYTAB);
          IOException why = e instanceof Unopened u ? u.why : e;
          if (!inFolder || !hides) {
            throw why;
          }
          first = first == null ? why : first;
          all.notes().add(text(file, why));
        }
      }
      if (!any) {
        throw new NoSuchFileException(
            path.toString(), null, "the folder has none of " + String.join(", ", IN_FOLDER));
      }
      if (all.keys().isEmpty()) {
        useless(all, first);
      }
      done = true;
      return new KeySet(List.copyOf(all.keys()), List.copyOf(all.notes()));
    } finally {
      if (!done) {
        all.destroy();
      }
    }
  }

  private static void useless(KeyCollector all, @Nullable IOException first) throws IOException {
    if (first != null) {
      throw first;
    }
    if (!all.notes().isEmpty()) {
      throw new KeyFileException(all.notes().getFirst());
    }
  }

  private static String text(Path file, IOException why) {
    String message = String.valueOf(why.getMessage());
    return why instanceof AccessDeniedException
        ? file + ": permission denied"
        : message.startsWith(file + ": ") ? message : file + ": " + message;
  }

  private static InputStream open(Path file) throws Unopened {
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw new Unopened(e);
    }
  }

  private static void readFile(Path file, InputStream source, KeyCollector all) throws IOException {
    byte[] bytes = source.readNBytes(MAX_SIZE + 1); // its size says nothing where it is a pipe
    KeyCollector keys = new KeyCollector(file, all.principal());
    try {
      if (bytes.length > MAX_SIZE) {
        throw keys.problem("too large for a file of keys");
      }
      if (bytes.length == 0) {
        throw keys.problem("it is empty: it ends within the number of keys");
      }
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
      all.notes().addAll(keys.notes());
    } catch (IOException e) {
      keys.destroy();
      throw e;
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** A file is there and cannot be opened. */
  private static final class Unopened extends IOException {
    private static final long serialVersionUID = 1L;

    final transient IOException why;

    Unopened(IOException why) {
      super(why);
      this.why = why;
    }
  }

  private static boolean isExt(Path file) {
    Path name = file.getFileName();
    return name != null && name.toString().equals("KeyFileExt");
  }

  List<ServiceKey> keys() {
    return new ArrayList<>(keys);
  }

  /** What was wrong with the files without making them useless. */
  List<String> notes() {
    return notes;
  }

  byte @Nullable [] find(int kvno, int enctype) {
    List<byte[]> found = candidates(kvno, enctype);
    found.stream().skip(1).forEach(other -> Arrays.fill(other, (byte) 0));
    return found.isEmpty() ? null : found.getFirst();
  }

  /** Copies of all that fit, those that certainly do first. */
  List<byte[]> candidates(int kvno, int enctype) {
    List<byte[]> found = new ArrayList<>();
    for (ServiceKey key : keys) {
      if (!key.rxgk() && key.enctype() == enctype && key.kvno() == kvno) {
        found.add(key.secret());
      }
    }
    for (ServiceKey key : keys) {
      if (!key.rxgk() && key.enctype() == enctype && key.mayBe(kvno)) {
        found.add(key.secret());
      }
    }
    return found;
  }

  /** A copy of the key of rxgk of exactly this version and type, or null. */
  byte @Nullable [] findRxgk(int kvno, int enctype) {
    for (ServiceKey key : keys) {
      if (key.rxgk() && key.enctype() == enctype && key.kvno() == kvno) {
        return key.secret();
      }
    }
    return null;
  }

  /** The key that tokens of rxgk are sealed with: the newest, of these the strongest; or null. */
  @Nullable ServiceKey newestRxgk() {
    return keys.stream()
        .filter(k -> k.rxgk() && k.kvno() > 0 && KerberosKey.handles(k.enctype()))
        .max(
            Comparator.comparingInt(ServiceKey::kvno)
                .thenComparingInt(k -> Enctypes.strength(k.enctype())))
        .orElse(null);
  }

  void destroy() {
    keys.forEach(ServiceKey::destroy);
  }
}
