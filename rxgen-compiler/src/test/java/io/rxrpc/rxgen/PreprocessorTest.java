// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.rxrpc.rxgen.model.Constant;
import io.rxrpc.rxgen.model.Description;
import io.rxrpc.rxgen.source.Problem;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** As far as descriptions use C's preprocessor, and bounded whatever they do with it. */
@Tag("long")
class PreprocessorTest {
  static Stream<Arguments> values() {
    return Stream.of(
        arguments("#define A 7\nconst X = A;", 7),
        arguments("#define A 7\n#undef A\n#define A 8\nconst X = A;", 8),
        arguments("#define A B\n#define B 9\nconst X = A;", 9),
        arguments("#define F(a, b) ((a) * 10 + (b))\nconst X = F(1, F(2, 3));", 33),
        arguments("#define F(a,\\\n b) a + \\\n b\nconst X = F(1,\n2);", 3),
        arguments("#define F() 5\nconst X = F();", 5),
        arguments("#define F(x) 1\nconst F = 4; const X = F;", 4),
        arguments("#define CAT(a, b) a##b\nconst Q12 = 6; const X = CAT(Q, 12);", 6),
        arguments("#define V(a, ...) a __VA_ARGS__\nconst X = V(1, + 2);", 3),
        arguments("#define A A\nconst A = 4; const X = A;", 4),
        arguments("#define A /* comment\n over lines */ 4 // more\nconst X = A;", 4),
        arguments("#if 1 + 1 == 2 && defined(Q) || !defined Q\nconst X = 1;\n#endif", 1),
        arguments("#if 0\nconst X = 'it's;\n#error no\n#else\nconst X = 2;\n#endif", 2),
        arguments("#ifdef Q\nconst X = 1;\n#elif 3 > 2\nconst X = 2;\n#else\n;\n#endif", 2),
        arguments("#ifndef Q\n#ifdef Q\nconst X = 1;\n#else\nconst X = 3;\n#endif\n#endif", 3),
        arguments("#if defined(Q) && 1 / Q\n#else\nconst X = 4;\n#endif", 4),
        arguments("#if (1 ? 2 : 3) == 2 && 'A' == 65 && 0x10 == 020\nconst X = 5;\n#endif", 5),
        arguments("# 33 \"other.c\"\n#pragma once\n#ident \"x\"\n#\nconst X = 6;", 6),
        arguments("%#include <x.h>\n% not 'ours /* at\n all */ line\nconst X = 7;", 7),
        arguments("con\\\nst X \\\r\n = 1\\\n2;", 12),
        arguments("#ifdef RPC_HDR\nconst X = 8;\n#endif", 8),
        arguments("#define E\nE const E X E = 9 E;", 9));
  }

  @ParameterizedTest
  @MethodSource("values")
  void aConstantHasItsValue(String text, long expected) {
    assertThat(constant(Descriptions.good(text), "X")).isEqualTo(expected);
  }

  private static long constant(Description description, String name) {
    return description.constants().stream()
        .filter(c -> c.name().equals(name))
        .mapToLong(Constant::number)
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#if\n#endif|#if: expected a number",
        "#if 1 +\n#endif|#if: expected a number",
        "#if 1 / 0\n#endif|#if: division by zero",
        "#if 1 1\n#endif|#if: expected an operator, found '1'",
        "#if (1\n#endif|#if: expected ')'",
        "#ifdef\n#endif|#ifdef wants the name",
        "#if 1\n|no #endif closes this #if",
        "#endif\n|#endif without #if",
        "#else\n|#else without #if",
        "#if 1\n#else\n#else\n#endif|#else after #else",
        "#error it is wrong\n|#error: it is wrong",
        "#nonsense\n|no directive is called 'nonsense'",
        "#include \"none.xg\"\n|cannot find 'none.xg' (looked in: memory); name its folder with -I",
        "#include\n|#include wants",
        "#define 4\n|#define wants a name",
        "#define F(a\n|nothing closes the bracket of macro 'F'",
        "#define F(a) a\nconst X = F(1, 2);|macro 'F' takes 1 arguments, not 2",
        "#define F(a) a\nconst X = F(1;|nothing closes the bracket of macro 'F'",
      })
  void isRefused(String both) {
    String text = both.substring(0, both.indexOf('|'));
    String message = both.substring(both.indexOf('|') + 1);
    assertThat(Descriptions.problems(text))
        .first()
        .asString()
        .startsWith("t.xg:")
        .contains(message);
  }

  @Test
  void includedFilesAreReadWhereTheyAreNamed() {
    var result =
        Descriptions.read(
            "#include \"a.xg\"\n#define H <b.h>\n#include H\nstruct s { a x; b y[BN]; };",
            Map.of("a.xg", "typedef int a;\n", "b.h", "#define BN 4\ntypedef int b;"),
            Map.of());
    assertThat(result.problems()).isEmpty();
    assertThat(result.description().definitions()).containsOnlyKeys("a", "b", "s");
  }

  @Test
  void aMistakeInAnIncludedFileIsSaidThere() {
    var result = Descriptions.read("#include \"a.xg\"", Map.of("a.xg", "\nconst ;"), Map.of());
    assertThat(result.problems()).singleElement().asString().startsWith("a.xg:2:7: expected");
  }

  @Test
  void macrosOfTheCommandLineStandForConstantsAndTypes() {
    var result =
        Descriptions.read(
            "struct s { Date d; int x[N]; };", Map.of(), Map.of("Date", "afs_uint32", "N", "3"));
    assertThat(result.problems()).isEmpty();
  }

  @Test
  void whatOnlyPassedLinesDefineIsUsedWhereNothingElseIs() {
    assertThat(
            Descriptions.problems(
                """
                %#ifndef Date
                %#define Date afs_uint32
                %#define LEN (4 * 8)
                %#endif
                %typedef afs_int32 other;
                %struct bytes { afs_int32 SeqLen; char *SeqBody; };
                special struct bytes SeqBody;
                struct s { Date d; char x[LEN]; struct other o; bytes b; };
                """))
        .isEmpty();
  }

  @Test
  void headersOfPassedLinesAreLookedAtWhereTheyAreFound() {
    var result =
        Descriptions.read(
            "%#include <missing.h>\n%#include \"x.h\"\nstruct s { char x[LEN]; };",
            Map.of("x.h", "#include <also_missing.h>\n#define LEN 12\nint f(void) { return 1; }"),
            Map.of());
    assertThat(result.problems()).isEmpty();
  }

  @Test
  void whatAHeaderMayDefineThatIsNotThereIsLeftOut() {
    var result =
        Descriptions.read(
            """
            %#include <missing.h>
            package T_
            struct s { unheard x; };
            struct t { s y; };
            A(IN int a) = 1;
            B(IN t a) = 2;
            C(IN int a<UNHEARD>) = 3;
            """,
            Map.of(), Map.of());
    assertThat(result.description().packages().getFirst().procedures())
        .extracting("name")
        .containsExactly("A");
    assertThat(result.problems())
        .extracting(Problem::toString)
        .contains(
            "t.xg:3:12: warning: no type 'unheard' is defined: say -D unheard=TYPE for what it"
                + " stands for",
            "t.xg:3:8: warning: 's' needs type 'unheard', so it is left out",
            "t.xg:4:8: warning: 't' needs 's', so it is left out",
            "t.xg:6:1: warning: procedure 'B' needs 't', so it is left out",
            "t.xg:7:1: warning: procedure 'C' needs the bound of 'a', so it is left out");
  }

  @Test
  void macrosThatMultiplyAreBounded() {
    StringBuilder text = new StringBuilder("#define A0 x x x x x x x x x x\n");
    for (int i = 1; i < 60; i++) {
      text.append("#define A%d A%d A%d A%d\n".formatted(i, i - 1, i - 1, i - 1));
    }
    assertThat(Descriptions.problems(text + "A59")).first().asString().contains("tokens come out");
    String nothing = text.toString().replace("x x x x x x x x x x", "");
    assertThat(Descriptions.problems(nothing + "A59"))
        .first()
        .asString()
        .contains("tokens come out");
  }

  @Test
  void filesThatIncludeThemselvesAreBounded() {
    String twice = "#include \"a.xg\"\n#include \"a.xg\"\n";
    List<Problem> problems = Descriptions.read(twice, Map.of("a.xg", twice), Map.of()).problems();
    assertThat(problems)
        .singleElement()
        .asString()
        .contains("deeper than 50 levels: does \"a.xg\" include itself?");
  }

  @Test
  void depthIsBounded() {
    assertThat(Descriptions.problems("const X = " + "(".repeat(100_000)))
        .first()
        .asString()
        .contains("nested deeper than 100 levels");
    assertThat(Descriptions.problems("const X = " + "-".repeat(100_000)))
        .first()
        .asString()
        .contains("nested deeper than 100 levels");
    StringBuilder chain = new StringBuilder("struct s0 { int x; };\n");
    for (int i = 1; i < 5000; i++) {
      chain.insert(0, "struct s%d { s%d x; };\n".formatted(i, i - 1));
    }
    assertThat(Descriptions.problems(chain.toString()))
        .first()
        .asString()
        .contains("nested deeper than 200 types");
    StringBuilder arrays = new StringBuilder("typedef int a0[1];\n");
    for (int i = 1; i < 5000; i++) {
      arrays.append("typedef a%d a%d[1];\n".formatted(i - 1, i));
    }
    assertThat(Descriptions.problems(arrays.toString()))
        .first()
        .asString()
        .contains("'a100' is nested deeper than 100 typedefs");
  }
}
