// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.fuzz;

import io.rxrpc.rxgen.Descriptions;
import io.rxrpc.rxgen.model.Description;
import io.rxrpc.rxgen.model.Type;
import io.rxrpc.rxgen.value.DynamicCodec;
import io.rxrpc.rxgen.value.ValueException;
import io.rxrpc.xdr.XdrException;
import io.rxrpc.xdr.XdrReader;
import io.rxrpc.xdr.XdrWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Any octets as a value of some type: refused, or the same after it was written and read again. */
public final class CodecFuzz {
  private static final Description TYPES =
      Descriptions.good(
          """
          enum kind { A, B = 7 };
          struct all {
              int a; unsigned b; short c; unsigned short d; char f; unsigned char g; afs_int64 h;
              afs_uint64 i; bool j; kind k; afsUUID m;
          };
          struct texts {
              char a[6]; string b<9>; string c<>; opaque d[5]; opaque f<7>; opaque g<>;
              char h<4>; unsigned char i[3]; unsigned char j<>;
          };
          struct node { int value; opaque more<8>; node *next; };
          struct tree { int value; tree *left; tree *right; };
          typedef node *chain;
          typedef tree *branch;
          typedef branch forest<>;
          typedef int row[3];
          typedef row rows<>;
          typedef kind kinds<>;
          struct arrays {
              int a[2]; unsigned b<>; afs_int64 c<>; short d<>; all f<2>; rows g; kinds h; chain i;
              forest j; bool k<>;
          };
          union small switch (int d) { case 1: int a; case -2: void; };
          union large switch (kind d) { case A: chain a; case B: tree b; default: texts c; };
          union truth switch (bool d) { case TRUE: large a; case FALSE: void; };
          struct unions { small a<>; large b; truth c; };
          typedef large *maybe;
          typedef maybe maybes<>;
          """);

  private static final List<String> NAMES = List.copyOf(TYPES.definitions().keySet());
  private static final DynamicCodec CODEC = DynamicCodec.of(TYPES);

  private CodecFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length == 0) {
      return;
    }
    Type type = new Type.Named(NAMES.get((data[0] & 0xff) % NAMES.size()));
    byte[] octets = new byte[data.length - 1];
    System.arraycopy(data, 1, octets, 0, octets.length);
    Object value;
    try {
      value = CODEC.decode(type, XdrReader.of(octets));
    } catch (XdrException e) {
      return; // refused
    } catch (IOException e) {
      throw new AssertionError("memory does not fail", e);
    }
    try {
      XdrWriter out = new XdrWriter();
      CODEC.encode(type, value, out);
      Object again = CODEC.decode(type, XdrReader.of(out.toByteArray()));
      if (!Objects.equals(value, again)) {
        throw new AssertionError(value + " came back as " + again);
      }
    } catch (ValueException | IOException e) {
      throw new AssertionError("what was read cannot be written: " + value, e);
    }
  }

  /** Each type with zeros, ones, and hostile lengths. */
  public static List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (int i = 0; i < NAMES.size(); i++) {
      for (int word : new int[] {0, 1, 2, 7, 0x7fffffff, -1}) {
        byte[] seed = new byte[1 + 200];
        seed[0] = (byte) i;
        for (int at = 1; at + 3 < seed.length; at += 4) {
          seed[at] = (byte) (word >>> 24);
          seed[at + 1] = (byte) (word >>> 16);
          seed[at + 2] = (byte) (word >>> 8);
          seed[at + 3] = (byte) word;
        }
        seeds.add(seed);
      }
    }
    return seeds;
  }
}
