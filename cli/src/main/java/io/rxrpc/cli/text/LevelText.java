// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.text;

import io.rxrpc.security.SecurityLevel;

/** Security levels as people write them: {@code clear}, {@code auth}, {@code encrypt}. */
public final class LevelText extends WordConverter<SecurityLevel> {
  LevelText() {
    super(SecurityLevel.values(), SecurityLevel::label);
  }
}
