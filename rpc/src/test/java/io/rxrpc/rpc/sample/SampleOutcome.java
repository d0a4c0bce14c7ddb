// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc.sample;

import io.rxrpc.xdr.XdrReader;
import io.rxrpc.xdr.XdrWriter;
import java.io.IOException;

/** {@code sampleOutcome}. */
public sealed interface SampleOutcome {
  /** Arm 0. */
  record Found(SampleEntry found) implements SampleOutcome {
    @Override
    public int status() {
      return 0;
    }
  }

  /** Arms 1 and 2. */
  record Reason(int status, String reason) implements SampleOutcome {
    /** Checks that the discriminant is one of this arm. */
    public Reason {
      if (status != 1 && status != 2) {
        throw new IllegalArgumentException("status " + status + " has another arm");
      }
    }
  }

  /** Every other arm. */
  record Other(int status) implements SampleOutcome {
    /** Checks that the discriminant is one of this arm. */
    public Other {
      if (status >= 0 && status <= 2) {
        throw new IllegalArgumentException("status " + status + " has another arm");
      }
    }
  }

  /** The discriminant. */
  int status();

  /** Reads it. */
  static SampleOutcome decode(XdrReader in) throws IOException {
    int status = in.int32("status");
    return switch (status) {
      case 0 -> new Found(in.struct("found", SampleEntry::decode));
      case 1, 2 -> new Reason(status, in.string("reason", 128));
      default -> new Other(status);
    };
  }

  /** Writes it. */
  default void encode(XdrWriter out) throws IOException {
    out.int32(status());
    switch (this) {
      case Found arm -> out.struct("found", arm.found(), SampleEntry::encode);
      case Reason arm -> out.string("reason", 128, arm.reason());
      case Other arm -> {}
    }
  }
}
