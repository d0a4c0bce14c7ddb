// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.rxgen.model.DeclaredProcedure;
import io.rxrpc.rxgen.model.Documentation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Comments that begin with two stars are told to people: by the model, and in the Java. */
class ProcedureCommentsTest {
  private static final String TOLD =
      """
      package T_
      const MOST = 9; /** of nobody */
      /**
       * Adds. Takes its
       * time.
       *
       * Twice <b>.
       *
       * @param a the first, or
       *     the only one
       * @param sum {both} *&#47; @once
       * @permitted anyone
       */
      Add(IN int a, int b, OUT int *sum) = 1;

      /** On one line. */
      proc One() = 2;
      /* not told */
      Two() = 3;
      /***/
      Three() split = 4;
      """;

  private static DeclaredProcedure procedure(String name) {
    return Descriptions.good(TOLD).packages().getFirst().procedure(name);
  }

  @Test
  void theModelKeepsWhatACommentBeforeAProcedureSays() {
    Documentation add = procedure("Add").documentation();
    assertThat(add.text()).isEqualTo("Adds. Takes its time.\nTwice <b>.");
    assertThat(add.parameters())
        .containsExactly(
            Map.entry("a", "the first, or the only one"), Map.entry("sum", "{both} *&#47; @once"));
    assertThat(add.tags()).containsExactly(Map.entry("permitted", "anyone"));
    assertThat(procedure("One").documentation())
        .isEqualTo(new Documentation("On one line.", Map.of(), Map.of()));
    assertThat(procedure("Two").documentation()).isEqualTo(Documentation.NONE);
    assertThat(procedure("Three").documentation()).isEqualTo(Documentation.NONE);
  }

  @Test
  void commentsOfIncludedFilesAreKeptToo() {
    DescriptionReader.Result result =
        Descriptions.read(
            "package T_\n#include \"more.xg\"\n",
            Map.of("more.xg", "/** There. */\nOne() = 1;"),
            Map.of());
    assertThat(result.description().packages().getFirst().procedure("One").documentation().text())
        .isEqualTo("There.");
  }

  @Test
  void aParameterThatTheProcedureDoesNotHaveIsAWarning() {
    assertThat(Descriptions.problems("package T_\n/** @param x no */\nOne(IN int y) = 1;"))
        .containsExactly(
            "t.xg:3:1: warning: the documentation of procedure 'One' has a parameter 'x' that it"
                + " does not have");
  }

  @Test
  void theJavaTellsItAndCompiles(@TempDir Path folder) throws Exception {
    JavaSources sources = JavaSources.of(Descriptions.good(TOLD), "a.b", Map.of());
    assertThat(sources.files().get("a/b/TClient.java"))
        .contains(
            """
              /**
               * {@code T_Add} (1).
               *
               * <p>Adds. Takes its time.
               *
               * <p>Twice &lt;b&gt;.
               *
               * <p>Permitted: anyone
               *
               * @param a {@code int a}: the first, or the only one
               * @param b {@code int b}
               * @return the results
               * @throws RpcException if it fails, or the results are not what they should be
               */
            """);
    sources.writeTo(folder.resolve("src"));
    assertThat(Javac.compile(folder.resolve("src"), folder.resolve("classes"))).isEmpty();
  }

  @Test
  void nothingInACommentEndsTheOneInJava(@TempDir Path folder) throws Exception {
    JavaSources sources =
        JavaSources.of(
            Descriptions.good(
                "package T_\n/** \\u002a/ {@code & @see <x> * / "
                    + "long ".repeat(60)
                    + "\n@param a \\u000a */ One(IN int a) = 1;"),
            "a.b",
            Map.of());
    sources.writeTo(folder.resolve("src"));
    assertThat(Javac.compile(folder.resolve("src"), folder.resolve("classes"))).isEmpty();
    assertThat(sources.files().get("a/b/TClient.java").lines())
        .allMatch(line -> line.length() <= 100);
  }

  @Test
  void aTypeOfAnotherPackageIsUsedAndNotMadeAgain(@TempDir Path folder) throws Exception {
    String place = "struct place { int a; };\nstruct next { place p; next *more; };\n";
    JavaSources there =
        JavaSources.of(Descriptions.good(place + "package T_\nOne() = 1;"), "x.there", Map.of());
    JavaSources here =
        JavaSources.of(
            Descriptions.good(
                place
                    + "struct both { place one; place many<4>; next *chain; };\n"
                    + "package U_\nTwo(IN place p, OUT both *b, place ps<3>) = 1;"),
            "x.here",
            Map.of("place", "x.there.Place", "next", "x.there.Next"));
    assertThat(here.files().keySet())
        .contains("x/here/Both.java", "x/here/UClient.java")
        .doesNotContain("x/here/Place.java", "x/here/Next.java");
    there.writeTo(folder.resolve("src"));
    here.writeTo(folder.resolve("src"));
    assertThat(Javac.compile(folder.resolve("src"), folder.resolve("classes"))).isEmpty();
  }

  @Test
  void aTypeOfAnotherPackageMustHaveANameOfItsOwn() {
    var description = Descriptions.good("struct a { int x; };\npackage T_\nOne(IN a b) = 1;");
    for (List<String> wrong :
        List.of(
            List.of("T_", "x.T", "package T_ cannot be x.T: a type can, a package is made"),
            List.of("a", "x.List", "a cannot be x.List: List is another type here"))) {
      assertThatThrownBy(() -> JavaSources.of(description, "y", Map.of(wrong.get(0), wrong.get(1))))
          .hasMessage(wrong.get(2));
    }
  }
}
