// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.keyfile;

import io.rxrpc.security.krb.KerberosKey;
import io.rxrpc.security.krb.KrbException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Puts keys of rxgk into OpenAFS's KeyFileExt and takes them out, as {@code asetkey add rxgk} and
 * {@code asetkey delete rxgk} do. All other records stay as they are, also those of types not known
 * here. A file is replaced as a whole, and readable by its owner alone.
 */
public final class KeyFileExtWriter {
  private static final int FIXED = 16;
  private static final int MAX_SIZE = 1 << 20;

  private KeyFileExtWriter() {}

  /**
   * Adds a key, in the place of one with the same version and type. The file is made if there is
   * none.
   *
   * @param file for example {@code /etc/openafs/server/KeyFileExt}
   * @param kvno 1 or more
   * @param enctype 17 to 20
   * @param key of the type's length; not kept
   * @throws IllegalArgumentException if the version, the type or the length cannot be
   * @throws KeyFileException if the file is damaged
   */
  public static void addRxgk(Path file, int kvno, int enctype, byte[] key) throws IOException {
    if (kvno < 1) {
      throw new IllegalArgumentException("a key version of " + kvno + ": 1 is the first");
    }
    try {
      KerberosKey.of(enctype, key).destroy();
    } catch (KrbException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    byte[] record =
        ByteBuffer.allocate(FIXED + Integer.BYTES + key.length)
            .putInt(FIXED)
            .putInt(KeyFileExtReader.RXGK)
            .putInt(kvno)
            .putInt(enctype)
            .putInt(key.length)
            .put(key)
            .array();
    List<byte[]> records = read(file, true);
    try {
      int at = find(records, kvno, enctype);
      if (at < 0) {
        records.add(record);
      } else {
        Arrays.fill(records.set(at, record), (byte) 0);
      }
      write(file, records);
    } finally {
      records.forEach(r -> Arrays.fill(r, (byte) 0));
      Arrays.fill(record, (byte) 0);
    }
  }

  /**
   * Removes a key.
   *
   * @param file the file
   * @param kvno the version number of the service's key
   * @param enctype the encryption type of Kerberos
   * @return whether there was one
   * @throws KeyFileException if the file is damaged
   */
  public static boolean removeRxgk(Path file, int kvno, int enctype) throws IOException {
    List<byte[]> records = read(file, false);
    try {
      int at = find(records, kvno, enctype);
      if (at < 0) {
        return false;
      }
      Arrays.fill(records.remove(at), (byte) 0);
      write(file, records);
      return true;
    } finally {
      records.forEach(r -> Arrays.fill(r, (byte) 0));
    }
  }

  private static int find(List<byte[]> records, int kvno, int enctype) {
    for (int i = 0; i < records.size(); i++) {
      ByteBuffer r = ByteBuffer.wrap(records.get(i));
      if (r.getInt(4) == KeyFileExtReader.RXGK && r.getInt(8) == kvno && r.getInt(12) == enctype) {
        return i;
      }
    }
    return -1;
  }

  /** Each record with its length in front, as it stands in the file. */
  private static List<byte[]> read(Path file, boolean mayBeMissing) throws IOException {
    List<byte[]> records = new ArrayList<>();
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      if (mayBeMissing) {
        return records;
      }
      throw e;
    }
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      KeyCollector keys = new KeyCollector(file);
      if (bytes.length > MAX_SIZE) {
        throw keys.problem("too large for a file of keys");
      }
      KeyFileExtReader.read(in, keys); // whether it is sound
      keys.destroy();
      int end = in.position();
      in.position(Integer.BYTES);
      while (in.position() < end) {
        int from = in.position();
        int length = in.getInt();
        in.position(from + length);
        int keyLength = in.getInt();
        in.position(in.position() + keyLength);
        records.add(Arrays.copyOfRange(bytes, from, in.position()));
      }
      return records;
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static void write(Path file, List<byte[]> records) throws IOException {
    int size = Integer.BYTES + records.stream().mapToInt(r -> r.length).sum();
    ByteBuffer out = ByteBuffer.allocate(size).putInt(records.size());
    records.forEach(out::put);
    Path fresh =
        file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid() + ".new");
    Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    FileAttribute<?>[] mode =
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    try {
      Files.deleteIfExists(fresh); // left by a process of the same number that died
      try (FileChannel channel = FileChannel.open(fresh, options, mode)) {
        out.flip();
        while (out.hasRemaining()) {
          channel.write(out);
        }
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Arrays.fill(out.array(), (byte) 0);
      Files.deleteIfExists(fresh);
    }
  }
}
