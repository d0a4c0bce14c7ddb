// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.call;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A description that has every kind of type; what is INOUT comes back as it was sent. */
public final class TypesDescription {
  private static final String TEXT =
      """
      package T_
      #include "sizes.h"

      enum kind { A, B = 7 };
      struct point { int x; unsigned int y; };
      struct entry { char name[NAMELEN]; kind what; point at; afs_uint32 servers<3>; };
      struct node { int value; node *next; };
      typedef node *chain;
      typedef point *maybe;
      typedef maybe maybes<2>;
      union either switch (int which) { case 1: int number; case 2: string why<9>; default: void; };
      typedef char name[4];
      typedef unsigned char bytes[2];
      typedef opaque exact[3];
      typedef opaque some<4>;
      typedef afs_int64 longs<3>;
      typedef string words<9>;
      typedef words list<2>;

      Small(INOUT short *s, unsigned short *us, char *c, unsigned char *uc, bool *b) = 1;
      Large(INOUT int *i, unsigned int *u, afs_int64 *l, afs_uint64 *ul, float *f, double *d) = 2;
      Texts(INOUT string s<NAMELEN>, name *n, bytes *b, exact *e, some *o, afsUUID *id) = 3;
      Lists(INOUT longs *l, list *w, chain *c, maybe *m, maybes *ms) = 4;
      Shapes(INOUT entry *e, either *u, kind *k) = 5;
      Add(IN int a, int b, OUT int *sum) = 6;
      Ping() = 7;
      Time(OUT unsigned int *seconds) multi = 8;
      Store(IN afs_int64 length, OUT afs_int64 *stored) split = 9;
      Fetch(IN string name<MAXIMUM>, OUT int *status, afs_uint64 *version) split = 10;
      Remark(OUT string text<9>) split = 11;
      package O_
      Time(IN int zone) = 1;
      """;

  private final Path folder;

  public TypesDescription(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder.resolve("include"));
    Files.writeString(folder.resolve("include/sizes.h"), "#define NAMELEN 8\n");
    Files.writeString(folder.resolve("types.xg"), TEXT);
  }

  /** The words of a command line, with the description's options behind them. */
  public String[] with(String... words) {
    String[] all = Arrays.copyOf(words, words.length + 6);
    all[words.length] = "--xg";
    all[words.length + 1] = folder.resolve("types.xg").toString();
    all[words.length + 2] = "-I";
    all[words.length + 3] = folder.resolve("include").toString();
    all[words.length + 4] = "-D";
    all[words.length + 5] = "MAXIMUM=12";
    return all;
  }

  /** A file beside the description. */
  public String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
