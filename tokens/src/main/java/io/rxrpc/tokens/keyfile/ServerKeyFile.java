// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.keyfile;

import io.rxrpc.security.rxgk.RxgkIssuer;
import io.rxrpc.security.rxgk.RxgkServerKeys;
import io.rxrpc.security.rxkad.ServerKeys;
import io.rxrpc.tuning.Tunable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a server in a file, read again when the file changes. The file is one of:
 *
 * <ul>
 *   <li>OpenAFS's KeyFile (DES) or KeyFileExt (DES, Kerberos 5 and rxgk);
 *   <li>a keytab, of which the keys of {@code afs} and {@code afs/CELL} are taken for rxkad and
 *       those of {@code afs-rxgk/_afs.CELL} for rxgk, of any realm; or of one principal, for rxgk;
 *   <li>a folder that has some of {@code KeyFile}, {@code KeyFileExt} and {@code rxkad.keytab}.
 * </ul>
 *
 * <p>Several keys of one version and type are all tried. Files are judged as OpenAFS and MIT judge
 * them: symbolic links are followed and permissions not looked at beyond whether the file can be
 * opened; a key of a wrong length, or what stands behind a break in a keytab, is passed over with a
 * warning in the log, and refused only if nothing is left.
 *
 * <p>A change is looked for when a key is asked for, at most every {@link Tunable#KEY_FILE_CHECK};
 * there is no thread. A file that is removed takes its keys with it; one that has become unreadable
 * or damaged leaves the keys of the last good reading in force, which is logged.
 *
 * <p>Safe for all threads.
 */
public final class ServerKeyFile implements ServerKeys, AutoCloseable {
  private static final System.Logger LOG = System.getLogger("io.rxrpc.tokens");

  private final Path path;
  private final @Nullable String principal;
  private final long interval;
  private final LongSupplier nanoTime;
  private final InstantSource wallClock;
  private KeySet keys;
  private FileStamp stamp;
  private boolean mayHaveChangedUnseen;
  private long checked;
  private @Nullable String complaint;
  private long readings = 1;
  private boolean closed;

  private ServerKeyFile(
      Path path,
      @Nullable String principal,
      long interval,
      LongSupplier nanoTime,
      InstantSource wallClock)
      throws IOException {
    this.path = path;
    this.principal = principal;
    this.interval = interval;
    this.nanoTime = nanoTime;
    this.wallClock = wallClock;
    this.checked = nanoTime.getAsLong();
    this.stamp = FileStamp.of(path);
    this.mayHaveChangedUnseen = stamp.fresh(wallClock.millis());
    this.keys = KeySet.read(path, principal);
    tellNotes();
  }

  /**
   * Reads a file or folder, looking for changes as often as {@link Tunable#KEY_FILE_CHECK} says by
   * default.
   *
   * @param path the file
   * @return the server key file
   * @throws KeyFileException if it is damaged; the message names the file and what is wrong
   * @throws IOException if it cannot be read
   */
  public static ServerKeyFile open(Path path) throws IOException {
    return open(path, Tunable.KEY_FILE_CHECK.defaultValue());
  }

  /**
   * Reads a file or folder.
   *
   * @param path the file
   * @param interval nanoseconds between two looks at the file; the value of {@link
   *     Tunable#KEY_FILE_CHECK}
   * @return the server key file
   * @throws KeyFileException if it is damaged; the message names the file and what is wrong
   * @throws IOException if it cannot be read
   */
  public static ServerKeyFile open(Path path, long interval) throws IOException {
    return open(path, interval, System::nanoTime, InstantSource.system());
  }

  static ServerKeyFile open(
      Path path, long interval, LongSupplier nanoTime, InstantSource wallClock) throws IOException {
    return new ServerKeyFile(path, null, interval, nanoTime, wallClock);
  }

  /**
   * Reads a keytab for a service that is none of AFS: the keys of one principal are keys of rxgk,
   * and the only ones.
   *
   * @param keytab the keytab
   * @param principal {@code NAME/HOST}, of any realm, or {@code NAME/HOST@REALM}
   * @param interval as for {@link #open(Path, long)}
   * @return the server key file
   * @throws KeyFileException if it is damaged or has no such key
   * @throws IOException if it cannot be read
   */
  public static ServerKeyFile ofPrincipal(Path keytab, String principal, long interval)
      throws IOException {
    return new ServerKeyFile(keytab, principal, interval, System::nanoTime, InstantSource.system());
  }

  /**
   * {@return the keys that tokens of rxgk are sealed with, of exactly the version and type asked
   * for}
   */
  public RxgkServerKeys rxgk() {
    return (serviceId, kvno, enctype) -> findRxgk(kvno, enctype);
  }

  private synchronized byte @Nullable [] findRxgk(int kvno, int enctype) {
    refresh();
    return keys.findRxgk(kvno, enctype);
  }

  /**
   * Makes tokens of rxgk with the key of this moment that is the newest, and of several types with
   * the strongest. The caller destroys it.
   *
   * @return the rxgk issuer
   * @throws KeyFileException if there is none
   */
  public synchronized RxgkIssuer issuer() throws KeyFileException {
    refresh();
    ServiceKey key = keys.newestRxgk();
    if (key == null) {
      throw new KeyFileException(path, LocalAuth.NO_RXGK);
    }
    return LocalAuth.issuer(key);
  }

  /**
   * The keytab with which the negotiation of rxgk accepts tickets: {@code rxgk.keytab} in a folder,
   * or the keytab itself that has keys of rxgk.
   *
   * @return null if there is none: tokens come from elsewhere, or are printed
   */
  public synchronized @Nullable Path negotiationKeytab() {
    refresh();
    if (Files.isDirectory(path)) {
      Path beside = path.resolve(KeySet.GSS_KEYTAB);
      return Files.exists(beside) ? beside : null;
    }
    return keys.keys().stream().anyMatch(k -> k.rxgk() && !k.owner().isEmpty()) ? path : null;
  }

  @Override
  public synchronized byte @Nullable [] find(int serviceId, int kvno, int enctype) {
    refresh();
    return keys.find(kvno, enctype);
  }

  @Override
  public synchronized List<byte[]> candidates(int serviceId, int kvno, int enctype) {
    refresh();
    return keys.candidates(kvno, enctype);
  }

  /**
   * {@return the keys of this moment, of all services: files of keys do not know which} Their
   * secrets are cleared when the file is read again.
   */
  public synchronized List<ServiceKey> keys() {
    refresh();
    return keys.keys();
  }

  /** {@return how often the file was read; the first time was when it was opened} */
  public synchronized long readings() {
    return readings;
  }

  /** Clears the keys; none is found afterwards. */
  @Override
  public synchronized void close() {
    keys.destroy();
    keys = KeySet.none();
    closed = true;
  }

  private void refresh() {
    long now = nanoTime.getAsLong();
    if (closed || now - checked < interval) {
      return;
    }
    checked = now;
    FileStamp seen = FileStamp.of(path);
    if (seen.equals(stamp) && !mayHaveChangedUnseen) {
      return;
    }
    stamp = seen;
    mayHaveChangedUnseen = seen.fresh(wallClock.millis());
    readings++;
    if (seen.files().isEmpty()) {
      replace(KeySet.none());
      complain("is gone, and its keys with it");
      return;
    }
    try {
      replace(KeySet.read(path, principal));
      tellNotes();
    } catch (IOException e) {
      complain("cannot be read again, the keys known before stay in force: " + e.getMessage());
    }
  }

  /** The keys of before are not cleared under a caller: it has a copy. */
  private void replace(KeySet fresh) {
    keys.destroy();
    keys = fresh;
  }

  private void tellNotes() {
    if (keys.notes().isEmpty()) {
      complaint = null;
    } else {
      complain("is not wholly good, " + String.join("; ", keys.notes()));
    }
  }

  private void complain(String what) {
    if (!what.equals(complaint)) { // once, however often it is looked at
      complaint = what;
      LOG.log(System.Logger.Level.WARNING, "{0} {1}", path, what);
    }
  }

  @Override
  public String toString() {
    return "server keys in " + path;
  }
}
