// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file of mode 0600 that is replaced as a whole, under a lock on a file beside it. What others
 * could read or have put there is refused.
 */
final class FileStore extends TokenStore {
  private static final boolean POSIX =
      Path.of("").getFileSystem().supportedFileAttributeViews().contains("unix");

  private static final FileAttribute<?>[] PRIVATE_FILE = mode("rw-------");
  private static final FileAttribute<?>[] PRIVATE_FOLDER = mode("rwx------");
  private static final int OTHERS = 077;
  private static final long MAX_SIZE = 4L << 20;

  /** The threads of this process: the lock on the file is between processes. */
  private static final Object THREADS = new Object();

  private final Path file;

  FileStore(Path file) {
    this.file = file.toAbsolutePath();
  }

  /** Where the file is when nobody says: gone with the session where the system offers that. */
  static Path place(Map<String, String> environment) {
    String runtime = environment.get("XDG_RUNTIME_DIR");
    return runtime != null && !runtime.isEmpty()
        ? Path.of(runtime, "rxrpc-tokens")
        : Path.of(System.getProperty("user.home", "."), ".rxrpc", "tokens");
  }

  private static FileAttribute<?>[] mode(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  @Override
  public String place() {
    return file.toString();
  }

  @Override
  public @Nullable StoredKey get(String description) throws IOException {
    try (TokenFile content = load()) {
      return content.get(description);
    }
  }

  @Override
  public List<StoredKey> list() throws IOException {
    try (TokenFile content = load()) {
      return content.list();
    }
  }

  @Override
  void write(String description, byte[] payload, @Nullable Instant expiry) throws IOException {
    change(content -> content.put(description, payload));
  }

  @Override
  public boolean remove(String description) throws IOException {
    return change(content -> content.remove(description));
  }

  private interface Change {
    /** Returns whether there is something to write. */
    boolean to(TokenFile content) throws IOException;
  }

  private boolean change(Change change) throws IOException {
    synchronized (THREADS) {
      Path folder = Objects.requireNonNull(file.getParent(), "an absolute file has a folder");
      if (Files.notExists(folder)) {
        Files.createDirectories(folder, PRIVATE_FOLDER);
      }
      Path lockFile = beside(".lock");
      Set<OpenOption> options =
          Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
      try (FileChannel lock = FileChannel.open(lockFile, options, PRIVATE_FILE);
          var held = lock.lock();
          TokenFile content = load()) {
        assert held.isValid();
        boolean changed = change.to(content);
        if (changed) {
          replace(content);
        }
        return changed;
      } catch (AccessDeniedException e) {
        throw new TokenStoreException(
            "cannot write " + file + ": permission denied; " + VARIABLE + " names another file");
      }
    }
  }

  private Path beside(String ending) {
    return file.resolveSibling(file.getFileName() + ending);
  }

  private void replace(TokenFile content) throws IOException {
    byte[] bytes = content.bytes();
    Path fresh = beside("." + ProcessHandle.current().pid() + ".new");
    try {
      Files.deleteIfExists(fresh); // left by a process of the same number that died
      Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      try (FileChannel out = FileChannel.open(fresh, options, PRIVATE_FILE)) {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
          out.write(rest);
        }
        out.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Arrays.fill(bytes, (byte) 0);
      Files.deleteIfExists(fresh);
    }
  }

  /** The file's content; nothing if there is no file. */
  private TokenFile load() throws IOException {
    Object before = identity();
    if (before == null) {
      return new TokenFile(file);
    }
    byte[] bytes;
    Set<OpenOption> options = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    try (SeekableByteChannel in = Files.newByteChannel(file, options)) {
      if (in.size() > MAX_SIZE) {
        throw new TokenStoreException(file + " is too large for a file of tokens");
      }
      ByteBuffer content = ByteBuffer.allocate((int) in.size());
      boolean more = true;
      while (more && content.hasRemaining()) {
        more = in.read(content) >= 0;
      }
      bytes = Arrays.copyOf(content.array(), content.position());
      Arrays.fill(content.array(), (byte) 0);
    } catch (AccessDeniedException e) {
      throw new TokenStoreException("cannot read " + file + ": permission denied");
    }
    try {
      return TokenFile.parse(file, bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** Checks that the file is this user's alone; null if there is none. */
  private @Nullable Object identity() throws IOException {
    Map<String, Object> a;
    try {
      a =
          Files.readAttributes(
              file,
              POSIX ? "unix:uid,mode,isRegularFile,fileKey" : "isRegularFile,lastModifiedTime",
              LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return null;
    }
    if (!Boolean.TRUE.equals(a.get("isRegularFile"))) {
      throw new TokenStoreException(file + " is no plain file: tokens are not kept in it");
    }
    if (POSIX) {
      if (!String.valueOf(a.get("uid")).equals(Owner.uid())) {
        throw new TokenStoreException(
            file
                + " belongs to another user: its tokens are not used; "
                + VARIABLE
                + " names another file");
      }
      if (a.get("mode") instanceof Integer mode && (mode & OTHERS) != 0) {
        throw new TokenStoreException(
            file + " can be read or written by others; if it is yours: chmod 600 " + file);
      }
    }
    return Objects.requireNonNullElse(a.get("fileKey"), file);
  }
}
