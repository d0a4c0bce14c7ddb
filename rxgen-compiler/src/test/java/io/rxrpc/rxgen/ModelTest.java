// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.rxrpc.rxgen.model.Constant;
import io.rxrpc.rxgen.model.DeclaredProcedure;
import io.rxrpc.rxgen.model.DeclaredProcedure.Direction;
import io.rxrpc.rxgen.model.DeclaredProcedure.Mode;
import io.rxrpc.rxgen.model.Definition;
import io.rxrpc.rxgen.model.Description;
import io.rxrpc.rxgen.model.RpcPackage;
import io.rxrpc.rxgen.model.Type;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a description means. */
class ModelTest {
  private static List<DeclaredProcedure> procedures(Description description) {
    return description.packages().stream().flatMap(p -> p.procedures().stream()).toList();
  }

  @Test
  void numberingGoesOnFromPackageToPackageAsInC() {
    Description description =
        Descriptions.good(
            """
            package A_
            startingopcode 5
            One(); Two();
            package B_
            Three();
            startingopcode 100
            Four();
            package C_
            Five() = 7; Six();
            """);
    assertThat(procedures(description))
        .extracting(DeclaredProcedure::name, DeclaredProcedure::opcode)
        .containsExactly(
            tuple("One", 5),
            tuple("Two", 6),
            tuple("Three", 7),
            tuple("Four", 100),
            tuple("Five", 7),
            tuple("Six", 101));
  }

  @Test
  void aParameterGoesTheWayOfTheOneBefore() {
    Description description =
        Descriptions.good("package A_ P(IN int a, int *b, OUT int *c, int *d, INOUT int e) = 1;");
    assertThat(procedures(description).getFirst().parameters())
        .extracting(DeclaredProcedure.Parameter::name, DeclaredProcedure.Parameter::direction)
        .containsExactly(
            tuple("a", Direction.IN),
            tuple("b", Direction.IN),
            tuple("c", Direction.OUT),
            tuple("d", Direction.OUT),
            tuple("e", Direction.INOUT));
    assertThat(procedures(description).getFirst().parameters())
        .as("a star of a parameter is no pointer of XDR")
        .allMatch(parameter -> parameter.type() == Type.Scalar.INT);
  }

  @Test
  void aPackageHasItsSettings() {
    Description description =
        Descriptions.good(
            """
            package A_
            statindex 9
            splitprefix IN=Begin OUT=Finish;
            P() split = 1;
            Q() multi = 2;
            proc R ServeR() = 3;
            () = 4;
            """);
    RpcPackage p = description.packages().getFirst();
    assertThat(List.of(p.statIndex(), p.splitStart(), p.splitEnd()))
        .isEqualTo(List.of(9, "Begin", "Finish"));
    assertThat(p.procedures())
        .extracting(DeclaredProcedure::name, DeclaredProcedure::mode, DeclaredProcedure::serverName)
        .containsExactly(
            tuple("P", Mode.SPLIT, null),
            tuple("Q", Mode.MULTI, null),
            tuple("R", Mode.PLAIN, "ServeR"),
            tuple("A_", Mode.PLAIN, null));
    assertThat(p.procedure("A_P")).isEqualTo(p.procedure("P")).isNotNull();
    assertThat(p.procedure("X")).isNull();
  }

  @Test
  void constantsAreThoseOfTheFilesInTheirOrder() {
    Description description =
        Descriptions.good(
            """
            #define A 0x1f
            #define TYPE int
            #define F(x) x
            #define TEXT "t"
            #define GONE 4
            #undef GONE
            const B = A;
            enum e { C = 3, D };
            const E = D;
            struct s { TYPE x[E]; };
            """);
    assertThat(description.constants())
        .extracting(Constant::name, Constant::number, Constant::text, Constant::written)
        .containsExactly(
            tuple("A", 31L, null, "0x1f"),
            tuple("TEXT", 0L, "t", ""),
            tuple("B", 31L, null, "0x1f"),
            tuple("E", 4L, null, ""));
  }

  @Test
  void boundsKeepTheNameThatTheyAreGivenBy() {
    Description description =
        Descriptions.good(
            """
            #define A 4
            const B = 5;
            struct s { int a[A]; int b<B>; string c<6>; int d<>; int e<A + B>; };
            """);
    Definition.StructType s = (Definition.StructType) description.definitions().get("s");
    assertThat(s.fields())
        .extracting(field -> field.type().toString())
        .containsExactly("int[4]", "int<5>", "string<6>", "int<>", "int<9>");
    assertThat(((Type.Array) s.fields().get(0).type()).size().name()).isEqualTo("A");
    assertThat(((Type.Sequence) s.fields().get(1).type()).max().name()).isEqualTo("B");
    assertThat(((Type.Sequence) s.fields().get(4).type()).max().name()).isNull();
  }

  @Test
  void countedOctetsAreAnOpaque() {
    for (String text :
        List.of(
            "special struct cbs body; struct cbs { afs_int32 len; char *body; };",
            "struct cbs { int len; char *body; }; special cbs body;",
            "customized struct cbs { long len; char *body; };",
            "%struct cbs { int len; char *body; };\nspecial struct cbs body; typedef cbs x;",
            "special struct cbs body; typedef cbs x;")) {
      Definition.StructType cbs =
          (Definition.StructType) Descriptions.good(text).definitions().get("cbs");
      assertThat(cbs.fields()).as(text).hasToString("[opaque<> body]");
    }
    Definition.StructType bbs =
        (Definition.StructType)
            Descriptions.good("special struct my_BBS body; typedef my_BBS x;")
                .definitions()
                .get("my_BBS");
    assertThat(bbs.fields()).hasToString("[int MaxSeqLen, opaque<> body]");
  }

  @Test
  void typesKeepTheirOrder() {
    assertThat(
            Descriptions.good(
                    "struct z { y a; }; typedef int y; enum x { W }; struct b { int v; };")
                .definitions())
        .containsOnlyKeys("z", "y", "x", "b")
        .extractingFromEntries(entry -> entry.getKey())
        .containsExactly("z", "y", "x", "b");
  }
}
