package io.rxrpc.cli;

import io.rxrpc.security.SecurityLevel;

/** Security levels as people write them: {@code clear}, {@code auth}, {@code encrypt}. */
final class LevelText extends WordConverter<SecurityLevel> {
  LevelText() {
    super(SecurityLevel.values(), SecurityLevel::label);
  }
}
