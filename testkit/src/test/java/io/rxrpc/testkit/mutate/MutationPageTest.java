// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.mutate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.testkit.mutate.Mutant.Fate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./build mutate} reads and writes. */
class MutationPageTest {
  private static final List<String> ROOMS = List.of("wire", "queues");
  private static final String PAGE =
      """
      # A page

      <!-- ./build mutate begins -->
      | room | class | mutants | killed | survived | equivalent | not covered | strength |
      |--|--|--:|--:|--:|--:|--:|--:|
      | wire | Gone | 1 | 1 | 0 | 0 | 0 | 100 % |
      | wire | Header | 9 | 8 | 0 | 1 | 0 | 100 % |
      | wire | **all** | 10 | 9 | 0 | 1 | 0 | 100 % |
      <!-- ./build mutate ends -->

      | class | method | mutation | line | number | why |
      |--|--|--|--|--:|--|
      | `Ack` | `write` | Math | `set(p, body + BUFFER_SPACE, a \\|\\| b);` | 1 | the offset is 0 |
      """;

  private static Mutant mutant(Fate fate, String text) {
    return new Mutant("Ack", "write", "Math", 7, text, "Replaced addition", fate);
  }

  @Test
  void writesTheRowsOfWhatWasTriedAndKeepsTheOthers() {
    MutationPage page = new MutationPage(PAGE, ROOMS);
    String equivalent = "set(p, body + BUFFER_SPACE, a || b);";
    List<Mutant> survivors =
        page.take(
            "wire",
            List.of(
                mutant(Fate.KILLED, equivalent),
                mutant(Fate.SURVIVED, equivalent),
                mutant(Fate.SURVIVED, equivalent),
                mutant(Fate.SURVIVED, "other"),
                mutant(Fate.NOT_COVERED, "other")));
    page.keepOnly("wire", List.of("Ack", "Header"));
    assertThat(survivors).as("one is known as equivalent, and one only").hasSize(2);
    assertThat(page.text())
        .isEqualTo(
            PAGE.replaceAll("(?s)\\| wire \\| Gone.*?(?=<!--)", "")
                .replace(
                    "<!-- ./build mutate ends",
                    """
                    | wire | Ack | 5 | 1 | 2 | 1 | 1 | 33 % |
                    | wire | Header | 9 | 8 | 0 | 1 | 0 | 100 % |
                    | wire | **all** | 14 | 9 | 2 | 2 | 1 | 81 % |
                    <!-- ./build mutate ends"""));
    assertThat(page.sum("queues").strength()).isEqualTo(100);
  }

  @Test
  void aPageWithoutItsMarksIsNotWritten() {
    assertThatThrownBy(() -> new MutationPage("# nothing", ROOMS).text())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsWhatPitWrites(@TempDir Path directory) throws IOException {
    Path source = directory.resolve("io/rxrpc/wire/Ack.java");
    Files.createDirectories(source.getParent());
    Files.writeString(source, "package io.rxrpc.wire;\n  int x = 1 + 2;\n");
    Path xml = directory.resolve("mutations.xml");
    Files.writeString(
        xml,
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <mutations partial="true">
        <mutation detected='false' status='SURVIVED' numberOfTestsRun='3'><sourceFile>Ack.java</sourceFile>\
        <mutatedClass>io.rxrpc.wire.Ack$Inner</mutatedClass><mutatedMethod>x</mutatedMethod>\
        <methodDescription>()I</methodDescription><lineNumber>2</lineNumber>\
        <mutator>org.pitest.mutationtest.engine.gregor.mutators.MathMutator</mutator>\
        <indexes><index>7</index></indexes><blocks><block>0</block></blocks><killingTest/>\
        <description>Replaced integer addition with subtraction</description></mutation>
        <mutation detected='true' status='TIMED_OUT' numberOfTestsRun='1'><sourceFile>Ack.java</sourceFile>\
        <mutatedClass>io.rxrpc.wire.Ack</mutatedClass><mutatedMethod>y</mutatedMethod>\
        <methodDescription>()I</methodDescription><lineNumber>3</lineNumber>\
        <mutator>org.pitest.mutationtest.engine.gregor.mutators.RemoveConditionalMutator_ORDER_ELSE</mutator>\
        <indexes><index>7</index></indexes><blocks><block>0</block></blocks><killingTest/>\
        <description>removed conditional</description></mutation>
        </mutations>
        """);
    assertThat(Mutant.read(xml, directory))
        .containsExactly(
            new Mutant(
                "Ack",
                "x",
                "Math",
                2,
                "int x = 1 + 2;",
                "Replaced integer addition with subtraction",
                Fate.SURVIVED),
            new Mutant("Ack", "y", "RemoveConditional", 3, "", "removed conditional", Fate.KILLED));
  }

  @Test
  void everyClassOfTheRoomsIsThere() throws IOException {
    Path sources = Path.of(System.getProperty("basedir", "")).resolve("../core/src/main/java");
    for (String room : MutatedRooms.rooms()) {
      assertThat(MutatedRooms.classes(room, sources)).isNotEmpty();
    }
  }
}
