// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc.sample;

import io.rxrpc.rpc.Procedure;
import io.rxrpc.xdr.XdrReader;
import io.rxrpc.xdr.XdrWriter;
import java.io.IOException;

/** The package {@code SAMPLE_}: its procedures and their results. */
public final class Sample {
  public static final Procedure ADD = new Procedure("SAMPLE_Add", 501);
  public static final Procedure DIVIDE = new Procedure("SAMPLE_Divide", 502);
  public static final Procedure LOCATE = new Procedure("SAMPLE_Locate", 503);
  public static final Procedure GET_TIME = new Procedure("SAMPLE_GetTime", 504);
  public static final Procedure STORE = new Procedure("SAMPLE_Store", 505);
  public static final Procedure PING = new Procedure("SAMPLE_Ping", 506);
  public static final Procedure FETCH = new Procedure("SAMPLE_Fetch", 507);
  public static final Procedure LIST = new Procedure("SAMPLE_List", 508);
  public static final Procedure JUDGE = new Procedure("SAMPLE_Judge", 509);

  /** The number that its statistics are kept under. */
  public static final int STATISTICS = 99;

  private Sample() {}

  /** The results of {@link #DIVIDE}. */
  public record DivideResult(int quotient, int remainder) {
    /** Reads them. */
    public static DivideResult decode(XdrReader in) throws IOException {
      return new DivideResult(in.int32("quotient"), in.int32("remainder"));
    }

    /** Writes them. */
    public void encode(XdrWriter out) throws IOException {
      out.int32(quotient);
      out.int32(remainder);
    }
  }
}
