// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong is said at its place, in one line, and all of it in one run. */
class RefusedTest {
  static Stream<Arguments> wrong() {
    return Stream.of(
        arguments(
            "package T_ A(IN int a) = 504;\nB(IN int a) = 504;",
            "t.xg:2:15: opcode 504 again; first on line 1"),
        arguments(
            "package T_ A() = 1;\nA() = 2;", "t.xg:2:1: procedure 'A' again; first on line 1"),
        arguments("package T_ A(); B() = 4;", "t.xg:1:23: procedure 'B' has an opcode where those"),
        arguments("package T_ A(int x) = 1;", "t.xg:1:14: parameter 'x' says neither IN nor OUT"),
        arguments(
            "package T_ A(IN int x, OUT int *x) = 1;",
            "t.xg:1:33: parameter 'x' again; first on line 1"),
        arguments("A(IN int x) = 1;", "t.xg:1:1: a procedure before any 'package'"),
        arguments("statindex 4", "t.xg:1:1: 'statindex' before any 'package'"),
        arguments("package A_ statindex 4 statindex 5", "package 'A_' has a statindex already"),
        arguments("package A_ startingopcode 100000 B();", "not between 0 and 99999"),
        arguments(
            "package A_ B() split multi = 4;",
            "t.xg:1:22: procedure 'B' cannot be both split and multi"),
        arguments("package A_ B() = 4294967296;", "opcode 4294967296 has more than 32 bits"),
        arguments("package A_ B(IN int) = 4;", "expected the name of a parameter of procedure 'B'"),
        arguments("package A_ B(IN int a,) = 4;", "expected the type of a parameter"),
        arguments("package A_ B(IN int **a) = 4;", "a pointer to a pointer needs a typedef"),
        arguments("package A_ B(IN string s) = 4;", "a string wants its bound in angle brackets"),
        arguments("package A_ B(IN opaque s) = 4;", "opaque wants its size"),
        arguments("package A_ B C D(IN int s) = 4;", "expected '(' after procedure 'B', found 'D'"),
        arguments(
            "package A_ splitprefix ; B() split;", "expected 'IN=' or 'OUT=' after 'splitprefix'"),
        arguments("struct a { int x };", "t.xg:1:18: expected ';' after field 'x', found '}'"),
        arguments("struct a { int x; }", "t.xg:1:20: expected ';' after struct 'a', found the end"),
        arguments("struct a { };", "t.xg:1:8: struct 'a' has no fields"),
        arguments("struct a { int x; int x; };", "t.xg:1:23: field 'x' again; first on line 1"),
        arguments("struct a { int x; };\nstruct a { int y; };", "type 'a' again; first on line 1"),
        arguments("struct a { a x; };", "t.xg:1:8: 'a' contains itself"),
        arguments("struct a { b x; }; struct b { a y[2]; };", "contains itself"),
        arguments(
            "typedef a b<>; typedef b *a;", "is made of itself, with no structure in between"),
        arguments("typedef x x<5>;", "t.xg:1:11: typedef 'x' is made of itself"),
        arguments("struct a { int *x[4]; };", "an array of pointers needs a typedef"),
        arguments("struct a { int x[4][5]; };", "an array of arrays needs a typedef"),
        arguments("struct a { int x[-1]; };", "the size of 'x' is -1, not between 0 and"),
        arguments("struct a { int x[2000000000]; };", "an array of 2^31 octets or more"),
        arguments("typedef int none[0]; typedef none a<>;", "elements that take no octets"),
        arguments("struct a { void; };", "void stands only in unions"),
        arguments("struct a { string s; };", "a string wants its bound in angle brackets"),
        arguments("struct a { string s[4]; };", "a string wants its bound in angle brackets"),
        arguments("struct a { nowhere x; };", "t.xg:1:12: no type 'nowhere' is defined: say -D"),
        arguments("struct a { int x<N>; };", "t.xg:1:18: no constant 'N' is defined: say -D N="),
        arguments("struct a { int case; };", "found 'case', a word of the language"),
        arguments("struct a { int x<\"abc\">; };", "expected a number, found a string"),
        arguments("union u switch (float x) { case 1: int a; };", "is a float, not an int"),
        arguments("union u switch (int x) { };", "t.xg:1:7: union 'u' has no arms"),
        arguments(
            "union u switch (int x) { case 1: int b; case 1: int c; };", "label 1 again; first on"),
        arguments(
            "union u switch (int x) { default: int b; default: int c; };",
            "'default' again; first on line 1"),
        arguments("enum a { };", "expected a name of enum 'a', found '}'"),
        arguments("enum a { X }", "expected ';' after enum 'a'"),
        arguments("enum a { X, X };", "t.xg:1:13: constant 'X' again; first on line 1"),
        arguments(
            "enum a { X = 5000000000 };", "the value of 'X' is 5000000000, more than 32 bits"),
        arguments("const A = B; const B = A; struct s { int x<A>; };", "is defined by itself"),
        arguments("const A = 4 / 0;", "t.xg:1:15: division by zero"),
        arguments("const A = 08;", "t.xg:1:11: '08' is not an octal number"),
        arguments("const A = 99999999999999999999;", "has more than 64 bits"),
        arguments("program P { version V { void N(void) = 0; } = 1; } = 5;", "rpcgen's"),
        arguments("@", "t.xg:1:1: expected a definition, found '@'"),
        arguments("const A = \"abc", "found a \" that nothing closes on its line"),
        arguments("/* never closed", "found a comment that nothing closes"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void isRefusedAtItsPlace(String text, String message) {
    List<String> problems = Descriptions.problems(text);
    assertThat(problems).as("one message for one mistake").hasSize(1);
    assertThat(problems.getFirst()).startsWith("t.xg:").contains(message).doesNotContain("\n");
  }

  @Test
  void severalMistakesAreSaidInOneRun() {
    assertThat(
            Descriptions.problems(
                """
                package T_
                struct a {
                  int x
                };
                struct b { string s; };
                A(IN b c) = 4;
                B(IN missing c) = 4;
                """))
        .containsExactly(
            "t.xg:4:1: expected ';' after field 'x', found '}'",
            "t.xg:5:19: a string wants its bound in angle brackets, such as <256>",
            "t.xg:7:19: opcode 4 again; first on line 6",
            "t.xg:7:6: no type 'missing' is defined: say -D missing=TYPE for what it stands for");
  }

  @Test
  void thereIsABoundForMistakes() {
    assertThat(Descriptions.problems("struct { };\n".repeat(1000))).hasSizeLessThan(60);
  }

  @Test
  void elevenPackagesAreTooMany() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 11; i++) {
      text.append("package P").append(i).append("_ F() = 1;\n");
    }
    assertThat(Descriptions.problems(text.toString()))
        .first()
        .asString()
        .contains("t.xg:11:9: more than 10 packages");
  }
}
