// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.rxgen.source.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever C's rxgen takes and C can compile; and some things more that can mean only one thing.
 */
class AcceptedTest {
  /** Small descriptions that rxgen and gcc were seen to take (OpenAFS 1.8.9). */
  static List<String> acceptedByC() throws IOException {
    Path file =
        Path.of(System.getProperty("basedir", "."), "src/test/resources/xg/accepted-by-c.txt");
    return List.of(Files.readString(file).split("\n----\n"));
  }

  @ParameterizedTest
  @MethodSource("acceptedByC")
  void whatCTakesIsAccepted(String text) {
    assertThat(Descriptions.read(text).problems())
        .noneMatch(problem -> problem.severity() == Problem.Severity.ERROR);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";;",
        "enum a { X = 0x10, Y = 010, Z = -1 };",
        "const Q = 3; enum a { X = Q, Y };",
        "enum a { X = Q, Y }; const Q = 3;",
        "enum a { X, Y, };",
        "const A = -5;",
        "const A = 0xffFF;",
        "const A = 5; const B = A;",
        "const B = \"abc\";",
        "const B = (1 + 2) << 3;",
        "struct a { bool_t b; bool c; };",
        "struct a { string s<>; string t<12>; };",
        "struct a { opaque s[5]; opaque t<7>; opaque u<>; };",
        "struct a { int x; struct a *next; };",
        "struct a { int x; a *next; };",
        "typedef struct a *p; struct a { int x; p next; };",
        "struct a { b x<>; }; struct b { a *y; };",
        "struct a { b x<>; }; struct b { a y; };",
        "typedef int r[4]; typedef r m[5]; typedef r v<6>; struct a { m x; v y; };",
        "struct a { struct b y; enum e z; union u w; b v; };"
            + "struct b { int x; }; enum e { X }; union u switch (int t) { case 1: void; };",
        "union u switch (int x) { case 1: int a; case 2: void; default: void; };",
        "union u switch (int x) { case 1: case 2: int b; };",
        "union u switch (int x) { default: int c; };",
        "union u switch (int x) { default: int a; case 2: int b; };",
        "enum e { A }; union u switch (e x) { case A: struct q b; case -1: string s<5>;"
            + " case 0x10: opaque o<6>; }; struct q { int z; };",
        "union u switch (int x) { case 1: int a[4]; case 2: int b<5>; case 3: int *c; };",
        "union u switch (bool x) { case TRUE: int a; case FALSE: void; };",
        "union u switch (unsigned x) { case 4294967295: int a; };",
        "union u switch (unsigned int x) { case 1: int a; };",
        "typedef int a;",
        "typedef string a<>;",
        "typedef opaque a<>;",
        "typedef opaque a[4];",
        "struct b { int x; }; typedef struct b a<4>;",
        "struct b { int x; }; typedef struct b *a;",
        "struct b { int x; }; typedef struct b b;",
        "typedef unsigned a;",
        "struct a { int x<0>; int y[0]; };",
        "struct a { int x<4 * 4>; int y[(4)]; };",
        "special struct a foo, bar; struct a { int n; char *foo; int m; char *bar; };",
        "special a foo;",
        "special struct x_BBS SeqBody; package T_ A(IN struct x_BBS *a) = 1;",
        "customized struct a { int x; char *y; }; struct b { a c; };",
        "customized struct a { int x; char *y; }",
        "// hello\nstruct a { int x; }; // yo",
        "struct a { int x;; };;",
        "struct a { unsigned b; long c; u_char d; u_short e; u_int f; u_long g; short h;"
            + " unsigned short i; char j; unsigned char k; int32 l; afs_int32 m; afs_uint32 n;"
            + " afs_int64 o; afs_uint64 p; float q; double r; bool s; unsigned int t; afsUUID u;"
            + " hyper v; uint32 w; unsigned afs_int32 x; int64 y; uint64 z; };",
        "struct a { unsigned long x; short int y; unsigned long int z; unsigned hyper w; };",
        "struct a { int class; int new; int switch_; int a; int this; };",
        "struct a { int program; int version; };",
        "package T_ Foo(IN int a) = 1;",
        "package T_; prefix S; statindex 5; startingopcode 7; Foo(IN int a);",
        "package T_ Foo() = 1;",
        "package T_ Foo(void) = 1;",
        "package T_ Foo(IN int a, int b, OUT int *c, int *d) = 1;",
        "package T_ proc (IN int a) = 1;",
        "package T_ (IN int a) = 1;",
        "package T_ proc Foo Bar(IN int a) split = 1;",
        "package T_ Foo(IN int a); Bar();",
        "package T_ Foo(IN int a) = 4; Bar(IN int a);",
        "#define FOOOP 7\npackage T_ Foo(IN int a) = FOOOP;",
        "#define FOOOP (7)\npackage T_ Foo(IN int a) = FOOOP;",
        "package T_ const FOOOP = 7; Foo(IN int a) = FOOOP;",
        "package T_ enum e { FOOOP = 7 }; Foo(IN int a) = FOOOP;",
        "package T_ Foo(IN int a) = 0x10; B(IN int a) = 010; C(IN int b) = 10;",
        "package T_ Foo(IN int a) = 4294967295; B(IN int a) = 100000;",
        "package T_ splitprefix IN=Begin OUT=Finish; Foo(IN int a) split;",
        "package T_ splitprefix OUT=\"Finish\"; Foo(IN int a) split;",
        "package T_ Foo(IN int a) multi = 4;",
        "package T_ Foo(OUT int a) = 4;",
        "package T_ struct s { int x; }; Foo(IN s a, s *b, struct s *c, OUT s *d,"
            + " INOUT struct s *e, IN struct s f) = 4;",
        "package T_ Foo(IN string a<5>, INOUT string b<6>, OUT string c<>) = 4;",
        "package T_ Foo(IN string a<>) = 4;",
        "package T_ Foo(IN opaque a<5>, opaque b[6], OUT opaque c<7>, opaque d<>) = 4;",
        "package T_ Foo(IN int a<5>, int b[5], OUT int c<>, char d[4]) = 4;",
        "package T_ Foo(IN unsigned a, OUT unsigned *b, IN unsigned int c, unsigned short d) = 4;",
        "package T_ Foo(IN afsUUID *a, OUT afsUUID *b) = 4;",
        "package A_ Foo(IN int a) = 1; package B_ Foo(IN int a) = 1;",
        "package A_ Foo(IN int a) = 1; package A_ Bar(IN int a) = 2;",
        "prefix S package A_ Foo(IN int a) = 1;",
        "package A_",
        "package T_ union u switch (int x) { case 1: int a; }; Foo(IN u *b, OUT u *c) = 1;",
        "package T_ enum e { X }; Foo(IN e b, OUT e *c, IN enum e d, bool f, float g) = 1;",
        "package T_ Foo(IN int a\n , OUT int *b)\n = 4\n;",
      })
  void isAccepted(String text) {
    assertThat(Descriptions.problems(text)).isEmpty();
  }
}
