// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.text;

import io.rxrpc.tokens.keyfile.KeytabName;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Files of keys as people write them, with Kerberos's {@code FILE:} in front or without. */
public final class KeytabText implements ITypeConverter<Path> {
  @Override
  public Path convert(String text) {
    try {
      return KeytabName.path(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
