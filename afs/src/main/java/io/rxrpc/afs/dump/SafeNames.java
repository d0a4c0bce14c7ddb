// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import io.rxrpc.xdr.XdrText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Names from a dump as names of files: what would be no name, another folder's, or a device's is
 * written with its octets as {@code %XX}.
 */
final class SafeNames {
  /** Names that are devices where folders are separated by backslashes, whatever follows a dot. */
  private static final Pattern DEVICE =
      Pattern.compile(
          "(con|prn|aux|nul|com[0-9]|lpt[0-9]|conin[$]|conout[$])([. ].*)?",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private SafeNames() {}

  /** The place of a name within a folder, directly in it whatever the name is. */
  static Path child(Path folder, String name) {
    if (!isPlain(folder, name)) {
      return folder.resolve(escaped(name));
    }
    try {
      Path place = folder.getFileSystem().getPath(name);
      if (!place.isAbsolute() && place.getNameCount() == 1 && place.toString().equals(name)) {
        return folder.resolve(place);
      }
    } catch (InvalidPathException e) {
      // the file system has no such name: escaped below
    }
    return folder.resolve(escaped(name));
  }

  private static boolean isPlain(Path folder, String name) {
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      return false;
    }
    if (name.chars().anyMatch(c -> c == '/' || c < ' ' || c == 0x7f)) {
      return false;
    }
    boolean backslashes = folder.getFileSystem().getSeparator().equals("\\");
    return !backslashes
        || (!DEVICE.matcher(name).matches() && !name.endsWith(".") && !name.endsWith(" "));
  }

  private static String escaped(String name) {
    StringBuilder safe = new StringBuilder();
    boolean device = DEVICE.matcher(name).matches();
    byte[] octets = XdrText.encode(name);
    for (int i = 0; i < octets.length; i++) {
      char c = (char) (octets[i] & 0xff);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      boolean inside = i > 0 && i < octets.length - 1 && ("._-+".indexOf(c) >= 0);
      if (inside || (letter && !(device && i == 0))) {
        safe.append(c);
      } else {
        safe.append("%%%02X".formatted((int) c));
      }
    }
    return safe.isEmpty() ? "%" : safe.toString();
  }

  /**
   * Whether a symlink's target stays within the folder that is extracted to. One that goes up
   * behind a name does not: the name may be a symlink, and up from there is somewhere else.
   *
   * @param depth how many folders deep the symlink lies
   */
  static boolean staysInside(int depth, String target) {
    if (target.isEmpty() || target.startsWith("/") || target.indexOf('\0') >= 0) {
      return false;
    }
    int up = 0;
    boolean named = false;
    for (String part : FileCopy.names(target)) {
      if (part.equals("..")) {
        up++;
        if (named || up > depth) {
          return false;
        }
      } else {
        named = true;
      }
    }
    return true;
  }
}
