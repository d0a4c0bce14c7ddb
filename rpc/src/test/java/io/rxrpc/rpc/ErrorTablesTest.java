// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** com_err tables. */
class ErrorTablesTest {
  @ParameterizedTest
  @CsvSource({"VL, 363520", "PT, 267264", "BZ, 39424", "KA, 180480", "RXK, 19270400"})
  void theBaseIsTheNameInBase64(String name, int base) {
    assertThat(ErrorTable.base(name)).isEqualTo(base);
  }

  @Test
  void aTableIsReadFromItsSource() {
    ErrorTable table =
        ErrorTable.parse(
            """
            # comment
            error_table  fn VL
            prefix VL
            ec\tIDEXIST , "entry with \\"name\\" or
            """
                    .replace(" or\n", " or ID\" # more\n")
                + "  error_code IO,\n    \"I/O\"\nindex 7\nec LAST, \"\"\nend\nwhatever follows");
    assertThat(table.codes())
        .containsExactly(
            new ErrorCode(363520, "VL_IDEXIST", "entry with \"name\" or ID"),
            new ErrorCode(363521, "VL_IO", "I/O"),
            new ErrorCode(363527, "VL_LAST", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ec X, \"y\"|line 1 of an error table: error_table NAME must come first",
        "error_table VL\\nec X \"y\"|line 2 of an error table: ',' is missing",
        "error_table VL\\nec X, \"y|line 2 of an error table: the text does not end on its line",
        "error_table VLDBX|line 1 of an error table: 'VLDBX' is no name of 1 to 4 characters",
        "error_table V-|line 1 of an error table: 'V-' is no name of a table: - cannot be in one",
        "error_table VL\\nfoo|line 2 of an error table: 'foo' is no statement of an error table",
        "error_table VL\\nindex x|line 2 of an error table: 'x' is no number"
      })
  void aBadSourceIsRefusedWithItsLine(String source, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ErrorTable.parse(source.replace("\\n", "\n")))
        .withMessage(message);
  }

  @Test
  void tablesOfOneBaseAreOne() {
    ErrorTable one = ErrorTable.named("VL").code("VL_IDEXIST", "is there").build();
    ErrorTable two = ErrorTable.named("VL").index(4).code("VL_NOENT", "is not").build();
    ErrorTables both = ErrorTables.of(one).with(ErrorTables.of(two, one));
    assertThat(both.describe(363520)).hasToString("VL_IDEXIST (363520): is there");
    assertThat(both.describe(363524)).hasToString("VL_NOENT (363524): is not");
    assertThat(both.named("VL_NOENT")).isEqualTo(both.describe(363524));
    assertThat(both.named("VL_OTHER")).isNull();
    ErrorTable other = ErrorTable.named("VL").code("VL_OTHER", "").build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> both.with(other))
        .withMessage("363520 is VL_IDEXIST in one table and VL_OTHER in another");
  }

  @Test
  void rxsOwnCodesAreKnownAndOthersAreNumbers() {
    assertThat(ErrorTables.RX.describe(-455)).hasToString("RXGEN_OPCODE (-455)");
    assertThat(ErrorTables.RX.describe(19270409)).hasToString("RXKADEXPIRED (19270409)");
    assertThat(ErrorTables.RX.describe(4711)).hasToString("4711");
    assertThat(ErrorTables.RX.describe(4711).abort().code().value()).isEqualTo(4711);
  }

  @Test
  void aCodeBelongsToItsTable() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ErrorTable("VL", List.of(new ErrorCode(7, "X", ""))))
        .withMessage("X (7) is not of table VL, which begins at 363520");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ErrorTable.named("VL").index(256).code("X", "").build());
  }
}
