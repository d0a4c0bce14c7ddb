// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.fuzz;

import java.util.List;

/** Small descriptions with all there is. */
final class SeedTexts {
  static final List<String> ALL =
      List.of(
          """
          package P_
          prefix S
          statindex 3
          #include "b"
          const C = 5;
          const D = -(1 << 2) + B;
          const E = "text";
          enum e { X, Y = 4, Z, };
          struct s { int a; unsigned b; char c[C]; string d<B>; opaque f<>; opaque g[3]; e h; };
          struct n { int v; n *next; };
          typedef n *list;
          typedef int row[2];
          typedef row rows<3>;
          struct t { s a; list b; rows c[2]; afsUUID d; afs_int64 f; bool g; s *h; short i<2>; };
          union u switch (int d) { case 1: s a; case 2: case 3: void; default: t b; };
          union w switch (e d) { case X: int a; case Y: list b; };
          A(IN s *a, OUT t *b, int *c) = 1;
          B(INOUT u *a, IN string x<8>) split = 0x2;
          C() multi = 3;
          package Q_
          startingopcode 7
          D(IN w *a);
          """,
          """
          %#include <x.h>
          %#define PASSED 4
          %typedef afs_uint32 Date;
          #define F(a, b) a##b + #a b
          #define V(...) __VA_ARGS__
          #define L 3
          #ifdef L
          struct s { Date d; int x[PASSED]; unknown y; };
          #elif defined(M) && !defined M || 1 ? 2 : 3
          struct r { M x<L>; };
          #else
          #error no
          #endif
          special struct c body;
          customized struct c { int n; char *body; };
          splitprefix IN=A OUT=B;
          #undef L
          """,
          "#include \"a\"\n#include \"a\"\n",
          "#define A A B\n#define B A A\nA B A\n",
          "/* \n */ // x\n\\\n \"abc\" 'c' 0x1f 08 @ ( \\\n ) ;");

  private SeedTexts() {}
}
