package io.rxrpc.cli;

import io.rxrpc.security.Level;

/** Security levels as people write them: {@code clear}, {@code auth}, {@code encrypt}. */
final class LevelText extends WordConverter<Level> {
  LevelText() {
    super(Level.values(), Level::label);
  }
}
