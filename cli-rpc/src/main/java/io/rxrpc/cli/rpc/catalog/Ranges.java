// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc.catalog;

import io.rxrpc.rxgen.model.Type;
import java.math.BigInteger;

/** What integers may be. */
final class Ranges {
  private Ranges() {}

  /** Whether it is an integer at all. */
  static boolean isInteger(Type.Scalar scalar) {
    return switch (scalar) {
      case BOOL, FLOAT, DOUBLE, UUID -> false;
      default -> true;
    };
  }

  /** The least value of an integer. */
  static BigInteger least(Type.Scalar scalar) {
    return isSigned(scalar) ? BigInteger.ONE.shiftLeft(bits(scalar) - 1).negate() : BigInteger.ZERO;
  }

  /** The greatest value of an integer. */
  static BigInteger most(Type.Scalar scalar) {
    int bits = isSigned(scalar) ? bits(scalar) - 1 : bits(scalar);
    return BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
  }

  private static boolean isSigned(Type.Scalar scalar) {
    return switch (scalar) {
      case UNSIGNED_INT, UNSIGNED_SHORT, UNSIGNED_CHAR, UNSIGNED_HYPER -> false;
      default -> true;
    };
  }

  private static int bits(Type.Scalar scalar) {
    return switch (scalar) {
      case CHAR, UNSIGNED_CHAR -> 8;
      case SHORT, UNSIGNED_SHORT -> 16;
      case HYPER, UNSIGNED_HYPER -> 64;
      default -> 32;
    };
  }
}
