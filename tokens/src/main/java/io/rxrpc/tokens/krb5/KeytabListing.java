// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.krb5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/** Whose keys of which types a keytab has (MIT's format 0x0502), to say why none of them serves. */
final class KeytabListing {
  private static final int FORMAT = 0x0502;

  /** An entry without its key. */
  record Entry(String principal, int type) {}

  private KeytabListing() {}

  /** The entries; no keys. Entries that are damaged end the list. */
  static List<Entry> read(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    List<Entry> entries = new ArrayList<>();
    try {
      ByteBuffer in = ByteBuffer.wrap(content);
      if (in.remaining() < 2 || in.getShort() != FORMAT) {
        return entries;
      }
      while (in.remaining() > Integer.BYTES) {
        int size = in.getInt();
        if (size == 0 || Math.abs((long) size) > in.remaining()) {
          break;
        }
        if (size > 0) { // otherwise a hole
          entry(in.slice(in.position(), size), entries);
        }
        in.position(in.position() + Math.abs(size));
      }
      return entries;
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  private static void entry(ByteBuffer in, List<Entry> entries) {
    if (in.remaining() < 4) {
      return;
    }
    int components = in.getShort();
    String realm = counted(in);
    List<String> name = new ArrayList<>();
    for (int i = 0; i < components && in.hasRemaining(); i++) {
      name.add(counted(in));
    }
    int afterName = 4 + 4 + 1; // type of the name, time, version
    if (in.remaining() >= afterName + Short.BYTES) {
      in.position(in.position() + afterName);
      entries.add(new Entry(String.join("/", name) + "@" + realm, in.getShort()));
    }
  }

  private static String counted(ByteBuffer in) {
    if (in.remaining() < Short.BYTES) {
      return "";
    }
    byte[] text = new byte[Math.min(Short.toUnsignedInt(in.getShort()), in.remaining())];
    in.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  /** Refuses a keytab that has keys of the client, but none of a type that may be used. */
  static void checkTypes(Path file, String principal, IntPredicate usable)
      throws KerberosException {
    List<Integer> types;
    try {
      types = types(file, principal);
    } catch (IOException e) {
      throw new KerberosException(
          KerberosFault.FILE, 0, "cannot read the keytab " + file + ": " + e.getMessage(), e);
    }
    if (!types.isEmpty() && types.stream().noneMatch(usable::test)) {
      throw new KerberosException(KerberosFault.KEY_UNUSABLE, names(types));
    }
  }

  private static List<Integer> types(Path file, String principal) throws IOException {
    return read(file).stream().filter(e -> isOf(e, principal)).map(Entry::type).distinct().toList();
  }

  private static String names(List<Integer> types) {
    return types.stream().map(EncryptionType::name).collect(Collectors.joining(", "));
  }

  /**
   * Why a Kerberos found no key of a client: there is none, or none of a type that it may use.
   *
   * @param principal with or without its realm
   */
  static KerberosException explain(String keytab, String principal, Exception cause) {
    try {
      Path file = LocalFiles.file(keytab);
      List<Integer> types = file == null ? List.of() : types(file, principal);
      return new KerberosException(
          types.isEmpty() ? KerberosFault.NO_KEY : KerberosFault.KEY_UNUSABLE,
          0,
          names(types),
          cause);
    } catch (IOException | KerberosException e) {
      cause.addSuppressed(e);
      return new KerberosException(KerberosFault.NO_KEY, 0, "", cause);
    }
  }

  private static boolean isOf(Entry entry, String principal) {
    return Principals.realm(principal).isEmpty()
        ? Principals.name(entry.principal).equals(Principals.name(principal))
        : entry.principal.equals(principal);
  }
}
