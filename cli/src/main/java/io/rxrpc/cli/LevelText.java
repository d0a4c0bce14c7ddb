package io.rxrpc.cli;

import io.rxrpc.security.Level;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Security levels as people write them: {@code clear}, {@code auth}, {@code encrypt}. */
final class LevelText implements ITypeConverter<Level> {
  @Override
  public Level convert(String text) {
    Level level = Level.of(text);
    if (level == null) {
      throw new TypeConversionException("'" + text + "' is none of clear, auth, encrypt");
    }
    return level;
  }
}
